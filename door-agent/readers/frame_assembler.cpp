#include "door-agent/readers/frame_assembler.hpp"

#include "door-agent/clock/boot_time.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace creneau::door {

std::optional<BootTime> FrameAssembler::due() const {
    if (!unfinished_) {
        return std::nullopt;
    }
    const BootTime whole = first_ + limits_.frame;
    return limits_.between ? std::min(whole, last_ + *limits_.between) : whole;
}

FrameAssembler::Result FrameAssembler::expire(BootTime now) {
    const auto limit = due();
    if (!limit || now < *limit) {
        return Result::more;
    }
    const bool already_told = swallowing_;
    clear();
    return already_told ? Result::more : Result::timed_out;
}

FrameAssembler::Result FrameAssembler::add(char character, BootTime now) {
    const Result before = expire(now);
    if (!unfinished_) {
        unfinished_ = true;
        first_ = now;
    }
    last_ = now;
    if (swallowing_) {
        return before;
    }
    if (text_.size() >= limits_.bytes) {
        swallowing_ = true;
        text_.clear();
        return Result::overlong;
    }
    text_.push_back(character);
    return before;
}

FrameAssembler::Result FrameAssembler::end(BootTime now) {
    const Result before = expire(now);
    const bool complete = unfinished_ && !swallowing_;
    unfinished_ = false;
    swallowing_ = false;
    return complete ? Result::frame : before;
}

std::string FrameAssembler::take() {
    return std::exchange(text_, {});
}

void FrameAssembler::clear() {
    text_.clear();
    unfinished_ = false;
    swallowing_ = false;
}

}  // namespace creneau::door
