#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <limits>
#include <vector>

namespace creneau::policy {

/// An instant in 4 bytes, from 1970 to 2106: policies hold many.
using Moment = std::chrono::sys_time<std::chrono::duration<std::uint32_t>>;

/// The nearest Moment: what lies before 1970 or after 2106 is cut.
[[nodiscard]] constexpr Moment moment_of(std::chrono::sys_seconds at) {
    constexpr std::int64_t kLast = std::numeric_limits<std::uint32_t>::max();
    const std::int64_t count = std::clamp<std::int64_t>(at.time_since_epoch().count(), 0, kLast);
    return Moment{Moment::duration{static_cast<std::uint32_t>(count)}};
}

/// Half-open, UTC.
struct Interval {
    Moment from{};
    Moment until{};

    [[nodiscard]] bool holds(std::chrono::sys_seconds at) const { return from <= at && at < until; }
    bool operator==(const Interval&) const = default;
};

/// Chosen by whoever makes policies, who keeps it as long as the meaning stays.
enum class ScheduleId : std::uint32_t {};

/// Hours expanded to instants by the town: the agent knows no calendars and no time zones.
struct Schedule {
    ScheduleId id{};
    bool of_bookings = false;         ///< these are the windows of approved bookings
    std::vector<Interval> intervals;  ///< ascending, none touching the next

    bool operator==(const Schedule&) const = default;
};

}  // namespace creneau::policy
