#pragma once

#include "door-agent/clock/boot_time.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <optional>

namespace creneau::door {

/// Debounces the inputs of one board, each for itself: a change counts once two looks, at least
/// kSettle apart and with nothing else between, have seen it. So contacts that bounce are one
/// change, and what lasts 400 ms is never missed while looks are at most 150 ms apart. Pure.
class InputFilter {
  public:
    static constexpr std::chrono::milliseconds kSettle{30};
    static constexpr std::size_t kInputs = 32;

    /// Takes a look; bit i is input i. The levels when they changed: at the first look at once.
    std::optional<unsigned> take(unsigned seen, BootTime now);
    /// A change has been seen once: look again after kSettle.
    [[nodiscard]] bool unsettled() const { return levels_ && pending_ != 0; }
    [[nodiscard]] bool known() const { return levels_.has_value(); }
    void forget();

  private:
    std::optional<unsigned> levels_;
    unsigned pending_ = 0;                   ///< inputs that were last seen otherwise
    std::array<BootTime, kInputs> since_{};  ///< for these: since when
};

}  // namespace creneau::door
