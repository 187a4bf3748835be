#pragma once

#include "api/access/access_types.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::profiles {

/// Hours of a weekday in local time, half-open; `until` may be 24 h.
struct WeeklyHours {
    std::chrono::weekday day;
    std::chrono::minutes from{0};
    std::chrono::minutes until{0};

    friend bool operator==(const WeeklyHours&, const WeeklyHours&) = default;
};

/// "07:30" as minutes of the day; "24:00" is its end. Nothing for anything else.
[[nodiscard]] std::optional<std::chrono::minutes> time_of_day(std::string_view text);
/// "07:30", "24:00".
[[nodiscard]] std::string text_of(std::chrono::minutes of_day);

/// How an hour that the autumn's clock change shows twice is read.
enum class TwiceShown : std::uint8_t {
    shorter,  ///< of free access: begins the second time, ends the first
    longer,   ///< of people's own hours: begins the first time, ends the second
};

/// What local hours are expanded over.
struct LocalWeeks {
    std::string zone;                          ///< IANA name
    std::vector<WeeklyHours> hours;            ///< in any order, may overlap
    std::vector<std::chrono::local_days> off;  ///< days without hours, ascending
    TwiceShown twice = TwiceShown::longer;
};

/// Hours of one local day as instants.
struct DayHours {
    std::chrono::local_days day;
    access::Interval interval;

    friend bool operator==(const DayHours&, const DayHours&) = default;
};

/// The instants of every whole local day that meets `within`, ascending. The days are whole, so
/// that a night that moves on adds a day and changes none. Hours that the spring's clock change
/// leaves out begin or end where the clock jumps. Throws std::invalid_argument when the machine
/// does not know the zone.
[[nodiscard]] std::vector<DayHours> expand_hours(const LocalWeeks& weeks,
                                                 const access::Interval& within);

}  // namespace creneau::profiles
