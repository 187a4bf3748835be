#pragma once

#include "door-agent/readers/frame_sink.hpp"

#include <span>
#include <vector>

namespace creneau::door {

/// Turns the kernel's input_event records into characters of a frame: key presses only, no
/// releases, no automatic repeats. A key that is neither digit, ending nor modifier becomes '?',
/// and lost events (SYN_DROPPED) throw the frame away: a damaged code must not become another one.
class KeyDecoder {
  public:
    void take(std::span<const char> bytes, BootTime now, FrameSink& sink);

  private:
    std::vector<char> partial_;
    bool dropped_ = false;
};

}  // namespace creneau::door
