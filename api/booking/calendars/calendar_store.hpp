#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/calendars/school_zone.hpp"
#include "api/booking/series/calendar_rules.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace creneau::booking {

// SQL of the calendars that series keep clear of, each query within one town.

/// Which calendars are the town's.
struct CalendarSettings {
    HolidayLaw law = HolidayLaw::france;
    std::optional<SchoolZone> zone;  ///< none: the town has not said
};
[[nodiscard]] CalendarSettings select_calendar_settings(store::Session& session, TownId town);

/// A school calendar and when it was imported last.
struct KeptCalendar {
    SchoolCalendar calendar;  ///< without a name; the holidays in the order of the file
    std::chrono::sys_seconds imported_at;
};
[[nodiscard]] std::optional<KeptCalendar> select_school_calendar(store::Session& session,
                                                                 TownId town, SchoolZone zone);

/// Puts `kept` in place of what was known of the zone.
void replace_school_calendar(store::Session& session, TownId town, SchoolZone zone,
                             const KeptCalendar& kept);

/// A date of a series.
struct SeriesDate {
    SeriesId series{};
    std::string date;

    friend bool operator==(const SeriesDate&, const SeriesDate&) = default;
};

/// The booked dates, not begun at `now`, of series that skip school holidays, which are holidays of
/// the zone.
[[nodiscard]] std::vector<SeriesDate> select_booked_in_holidays(store::Session& session,
                                                                TownId town, SchoolZone zone,
                                                                std::chrono::sys_seconds now);

/// The dates after `today` that missed their series as the calendar did not know them, and that it
/// knows by now as term time.
[[nodiscard]] std::vector<SeriesDate> select_missed_now_term(store::Session& session, TownId town,
                                                             SchoolZone zone,
                                                             const std::string& today);

}  // namespace creneau::booking
