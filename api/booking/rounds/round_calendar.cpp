#include "api/booking/rounds/round_calendar.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/calendars/skip_calendars.hpp"
#include "api/booking/rounds/round_error.hpp"
#include "api/booking/rounds/round_rules.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "api/booking/series/calendar_rules.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace creneau::booking {

namespace {

RoundFailure unknown_on(const LocalDate& date, const CalendarName& calendar) {
    const std::string day = text_of(date);
    return failure_of(
        Failure{Rule::calendar_unknown,
                "skip_school_holidays",
                {"Calendrier inconnu le " + day + " : " + calendar.fr +
                     ". Importez celui de toute la saison ; sinon, une saison qu'il connaît passe.",
                 "Calendar unknown on " + day + ": " + calendar.en +
                     ". Import that of the whole season; else a season that it knows passes."}});
}

}  // namespace

Skips skips_of(const Round& round) {
    Skips skips;
    skips.public_holidays = round.skip_holidays;
    skips.school_holidays = round.skip_school_holidays;
    return skips;
}

std::vector<LocalDate> dates_of(const Round& round, std::chrono::weekday day,
                                const SkipCalendars& calendars) {
    auto dates = dates_of(round, day);
    std::erase_if(dates, [&calendars](const LocalDate& date) {
        return skip_reason(date, calendars).has_value();
    });
    return dates;
}

std::vector<RoundFailure> check_calendars(store::Session& session, TownId town,
                                          const Round& round) {
    if (!round.skip_school_holidays) {
        return {};
    }
    Skips school;
    school.school_holidays = true;
    const SkipCalendars calendars = load_calendars(session, town, school);
    for (LocalDate date = round.season_first; date <= round.season_last;
         date = plus_days(date, 1)) {
        const auto reason = skip_reason(date, calendars);
        if (reason && reason->kind == SkipKind::calendar_unknown) {
            return {unknown_on(date, reason->name)};
        }
    }
    return {};
}

}  // namespace creneau::booking
