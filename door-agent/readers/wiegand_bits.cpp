#include "door-agent/readers/wiegand_bits.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace creneau::door {
namespace {

/// Of the bits from `first` up to `last`, that one included.
bool is_odd(const std::vector<bool>& bits, std::size_t first, std::size_t last) {
    bool odd = false;
    for (std::size_t i = first; i <= last; ++i) {
        odd = odd != bits.at(i);
    }
    return odd;
}

}  // namespace

std::optional<std::uint64_t> wiegand_number(const std::vector<bool>& bits, WiegandForm form) {
    const auto length = static_cast<std::size_t>(form);
    if (bits.size() != length) {
        return std::nullopt;
    }
    const std::size_t half = (length - 1) / 2;
    if (is_odd(bits, 0, half) || !is_odd(bits, length - 1 - half, length - 1)) {
        return std::nullopt;
    }
    std::uint64_t number = 0;
    for (std::size_t i = 1; i + 1 < length; ++i) {
        number = number << 1U | (bits.at(i) ? 1U : 0U);
    }
    return number;
}

std::size_t wiegand_bytes(WiegandForm form) {
    return (static_cast<std::size_t>(form) - 2 + 7) / 8;
}

void WiegandBits::take(WiegandPulse pulse) {
    last_ = pulses_.empty() && !noisy_ ? pulse.at : std::max(last_, pulse.at);
    if (noisy_) {
        return;
    }
    pulses_.push_back(pulse);
    if (pulses_.size() > kMost) {
        noisy_ = true;
        ++floods_;
        pulses_.clear();
    }
}

std::optional<std::chrono::nanoseconds> WiegandBits::due() const {
    return pulses_.empty() && !noisy_ ? std::nullopt : std::optional(last_ + kSilence);
}

void WiegandBits::judge(const std::vector<WiegandPulse>& frame, Ended& ended) const {
    std::vector<bool> bits;
    bits.reserve(frame.size());
    bool close = false;
    for (std::size_t i = 0; i < frame.size(); ++i) {
        close = close || (i > 0 && frame[i].at - frame[i - 1].at < kClosest);
        bits.push_back(frame[i].bit);
    }
    const auto number = close ? std::nullopt : wiegand_number(bits, form_);
    if (number) {
        ended.numbers.push_back(*number);
    } else {
        ++ended.spoiled;
    }
}

WiegandBits::Ended WiegandBits::end(std::chrono::nanoseconds now) {
    Ended ended;
    ended.spoiled = std::exchange(floods_, 0);
    const auto limit = due();
    if (!limit || now < *limit) {
        return ended;
    }
    std::ranges::stable_sort(pulses_, {}, &WiegandPulse::at);
    std::vector<WiegandPulse> frame;
    for (const auto& pulse : pulses_) {
        if (!frame.empty() && pulse.at - frame.back().at >= kSilence) {
            judge(frame, ended);
            frame.clear();
        }
        frame.push_back(pulse);
    }
    if (!frame.empty()) {
        judge(frame, ended);
    }
    clear();
    return ended;
}

void WiegandBits::clear() {
    pulses_.clear();
    noisy_ = false;
}

}  // namespace creneau::door
