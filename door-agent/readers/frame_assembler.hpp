#pragma once

#include "door-agent/clock/boot_time.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace creneau::door {

/// Cuts what a reader sends into frames. Pure: time comes in with each character.
class FrameAssembler {
  public:
    struct Limits {
        std::size_t bytes = 512;                           ///< of a frame, without its ending
        std::chrono::milliseconds frame{5000};             ///< from its first character to its end
        std::optional<std::chrono::milliseconds> between;  ///< from one character to the next
    };
    enum class Result : std::uint8_t { more, frame, overlong, timed_out };

    explicit FrameAssembler(Limits limits) : limits_(limits) {}

    /// Takes a character of a frame. `timed_out`: what came before was too old and is gone; the
    /// character begins a new frame. `overlong` is said once; the rest is swallowed to the ending.
    Result add(char character, BootTime now);
    /// Takes an ending. Empty frames (CR before LF, Enter alone) are `more`.
    Result end(BootTime now);
    /// To be called when due() has passed without a character.
    Result expire(BootTime now);
    /// When an unfinished frame is given up; none while there is none.
    [[nodiscard]] std::optional<BootTime> due() const;
    /// The frame after Result::frame; then empty again.
    [[nodiscard]] std::string take();
    /// Forgets everything.
    void clear();

  private:
    Limits limits_;
    std::string text_;
    BootTime first_{0};
    BootTime last_{0};
    bool unfinished_ = false;
    bool swallowing_ = false;
};

}  // namespace creneau::door
