#include "api/booking/calendars/skip_calendars.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/calendars/calendar_store.hpp"
#include "api/booking/calendars/school_zone.hpp"
#include "api/booking/series/calendar_rules.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/store/session.hpp"

#include <optional>
#include <string>
#include <utility>

namespace creneau::booking {

namespace {

SchoolCalendar knowing_nothing(CalendarName name) {
    return {std::move(name), {}, kLastDate, kFirstDate};
}

SchoolCalendar school_calendar(store::Session& session, TownId town,
                               const std::optional<SchoolZone>& zone) {
    if (!zone) {
        return knowing_nothing({"vacances scolaires, la ville n'ayant pas indiqué sa zone",
                                "school holidays, as the town has not said its zone"});
    }
    CalendarName name = name_of(*zone);
    auto kept = select_school_calendar(session, town, *zone);
    if (!kept) {
        name.fr += ", pas encore importées";
        name.en += ", not yet imported";
        return knowing_nothing(std::move(name));
    }
    const std::string from = text_of(kept->calendar.known_from);
    const std::string until = text_of(kept->calendar.known_until);
    name.fr += ", connues du " + from + " au " + until;
    name.en += ", known from " + from + " to " + until;
    kept->calendar.name = std::move(name);
    return std::move(kept->calendar);
}

}  // namespace

SkipCalendars load_calendars(store::Session& session, TownId town, const Skips& skips) {
    SkipCalendars calendars;
    if (!skips.public_holidays && !skips.school_holidays) {
        return calendars;
    }
    const CalendarSettings settings = select_calendar_settings(session, town);
    if (skips.public_holidays) {
        calendars.public_holidays = settings.law;
    }
    if (skips.school_holidays) {
        calendars.school.emplace(school_calendar(session, town, settings.zone));
    }
    return calendars;
}

}  // namespace creneau::booking
