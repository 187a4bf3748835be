#include "api/booking/calendars/import_holidays.hpp"

#include "api/audit/audit_store.hpp"
#include "api/booking/booking_store.hpp"
#include "api/booking/calendars/calendar_store.hpp"
#include "api/booking/calendars/school_zone.hpp"
#include "api/booking/rounds/drop_proposals.hpp"
#include "api/booking/rounds/round_store.hpp"
#include "api/booking/series/calendar_rules.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>

namespace creneau::booking {

namespace {

bool says_the_same(const std::optional<KeptCalendar>& before, const SchoolCalendar& calendar) {
    return before && before->calendar.known_from == calendar.known_from &&
           before->calendar.known_until == calendar.known_until &&
           before->calendar.holidays == calendar.holidays;
}

void record_import(store::Session& session, const ImportHolidays& order) {
    audit::Line line;
    line.at = order.now;
    line.action = "school_calendar_imported";
    line.subject_kind = "town";
    line.subject = static_cast<std::int64_t>(order.town);
    line.ground = word_of(order.zone);
    audit::append(session, order.town, line);
}

}  // namespace

HolidaysImported import_holidays(store::Session& session, const ImportHolidays& order) {
    const auto before = select_school_calendar(session, order.town, order.zone);
    HolidaysImported imported;
    imported.changed = !says_the_same(before, order.calendar);
    if (before) {
        imported.known_until_before = before->calendar.known_until;
    }
    if (imported.changed) {
        replace_school_calendar(session, order.town, order.zone, {order.calendar, order.now});
        record_import(session, order);
    }
    imported.is_towns_zone = select_calendar_settings(session, order.town).zone == order.zone;
    if (imported.changed && imported.is_towns_zone) {
        imported.dropped = drop_proposals(session, order.town, DaysOff::school, order.now);
    }
    if (imported.is_towns_zone) {
        const LocalDate today = std::chrono::floor<std::chrono::days>(order.now);
        imported.booked = select_booked_in_holidays(session, order.town, order.zone, order.now);
        imported.now_term = select_missed_now_term(session, order.town, order.zone, text_of(today));
    }
    return imported;
}

}  // namespace creneau::booking
