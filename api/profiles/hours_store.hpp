#pragma once

#include "api/profiles/hours_rules.hpp"
#include "api/profiles/profile_types.hpp"
#include "api/store/session.hpp"

#include <string>
#include <vector>

namespace creneau::profiles {

// SQL of weekly hours and of the instants that they become.

[[nodiscard]] std::vector<WeeklyHours> select_weekly_hours(store::Session& session, TownId town,
                                                           const HoursOwner& owner);
void replace_weekly_hours(store::Session& session, TownId town, const HoursOwner& owner,
                          const std::vector<WeeklyHours>& hours);

/// Hours of one time zone's sites.
struct ZoneHours {
    std::string time_zone;
    std::vector<DayHours> hours;
};
void replace_hours_ahead(store::Session& session, TownId town, const HoursOwner& owner,
                         const std::vector<ZoneHours>& ahead);

/// The time zones of the town's sites.
[[nodiscard]] std::vector<std::string> select_time_zones(store::Session& session, TownId town);

/// When hours were made last, and where midnight is.
struct HoursMade {
    std::string on;         ///< local date; empty: they have to be made anew
    std::string time_zone;  ///< the town's
};
[[nodiscard]] HoursMade select_hours_made(store::Session& session, TownId town);
void mark_hours_made(store::Session& session, TownId town, const std::string& local_date);

/// Whose hours there are, with the days off.
struct OwnedTimetable {
    HoursOwner owner;
    Timetable timetable;
};
[[nodiscard]] std::vector<OwnedTimetable> select_timetables(store::Session& session, TownId town);

}  // namespace creneau::profiles
