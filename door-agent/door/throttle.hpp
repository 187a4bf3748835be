#pragma once

#include "door-agent/clock/boot_time.hpp"

#include <chrono>

namespace creneau::door {

/// Slows down whoever tries badge numbers at one reader: after kFree unknown ones each further one
/// is followed by a pause, doubled up to kLongest. Passes are never held up by it. Pure.
class Throttle {
  public:
    static constexpr int kFree = 5;
    static constexpr std::chrono::seconds kLongest{30};
    /// Without an unknown number for so long, all is forgotten.
    static constexpr std::chrono::minutes kForgets{5};

    /// May a badge be looked up now?
    [[nodiscard]] bool lets(BootTime now) const { return now >= until_; }
    void unknown(BootTime now);

  private:
    int count_ = 0;
    BootTime last_{};
    BootTime until_{};
};

}  // namespace creneau::door
