#pragma once

#include "door-agent/clock/boot_time.hpp"

#include <chrono>
#include <cstddef>
#include <optional>

namespace creneau::door {

/// A light or a buzzer. Nothing is known of it before it was switched off once.
struct IndicatorState {
    std::size_t unit = 0;
    int channel = 0;
    std::optional<BootTime> wanted_at;  ///< to be switched on for `duration`
    std::chrono::milliseconds duration{0};
    BootTime on_until{0};
    bool must_end = true;  ///< to be switched off by us from `end_at` on
    BootTime end_at{0};
};

/// An indicator that has waited for so long takes its turn among the polls.
inline constexpr std::chrono::milliseconds kIndicatorPatience{200};

}  // namespace creneau::door
