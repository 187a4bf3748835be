#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/calendars/calendar_store.hpp"
#include "api/booking/calendars/school_zone.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "api/booking/series/calendar_rules.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>
#include <vector>

namespace creneau::booking {

struct ImportHolidays {
    TownId town{};
    SchoolZone zone = SchoolZone::c;
    SchoolCalendar calendar;
    std::chrono::sys_seconds now;
};

struct HolidaysImported {
    bool changed = false;  ///< false: all of it was known, nothing was written
    std::optional<LocalDate> known_until_before;
    bool is_towns_zone = false;        ///< the lists below are of the town's zone only
    std::vector<SeriesDate> booked;    ///< to come, and holidays now: the office decides
    std::vector<SeriesDate> now_term;  ///< that missed their series and may be asked for again
    std::vector<RoundId> dropped;      ///< rounds whose proposal was made for other dates
};

/// Puts what a file says of a zone in place of what was known, with an audit line. No booking is
/// changed: what the new dates contradict is in the answer. A proposed round of the town's that
/// skips school holidays is closed again: its proposal was made for other dates.
[[nodiscard]] HolidaysImported import_holidays(store::Session& session,
                                               const ImportHolidays& order);

}  // namespace creneau::booking
