#pragma once

#include "door-agent/readers/frame_assembler.hpp"
#include "door-agent/readers/reader.hpp"

#include <string>
#include <utility>

namespace creneau::door {

/// Hands finished frames, and what went wrong with others, to the listener.
class FrameSink {
  public:
    FrameSink(std::string key, ReaderListener listener, FrameAssembler::Limits limits)
        : key_(std::move(key)), listener_(std::move(listener)), assembler_(limits) {}

    void character(char value, BootTime now) { judge(assembler_.add(value, now), now); }
    void ending(BootTime now) { judge(assembler_.end(now), now); }
    void expire(BootTime now) { judge(assembler_.expire(now), now); }
    [[nodiscard]] std::optional<BootTime> due() const { return assembler_.due(); }
    void clear() { assembler_.clear(); }
    void notice(ReaderNotice what, const std::string& detail);

  private:
    void judge(FrameAssembler::Result result, BootTime now);

    std::string key_;
    ReaderListener listener_;
    FrameAssembler assembler_;
};

}  // namespace creneau::door
