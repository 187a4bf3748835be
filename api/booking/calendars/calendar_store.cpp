#include "api/booking/calendars/calendar_store.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/calendars/school_zone.hpp"
#include "api/booking/series/calendar_rules.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/store/column.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::booking {

namespace {

using soci::into;
using soci::use;
using store::raw;

LocalDate date_in(const std::string& column) {
    return store::present(parse_date(column), "date of a school calendar");
}

std::vector<SchoolHoliday> select_holidays(store::Session& session, TownId town,
                                           const std::string& zone) {
    const std::int64_t town_id = raw(town);
    std::string name, first, last;
    soci::statement statement =
        (session.sql().prepare << "SELECT name, first_date, last_date FROM school_holidays"
                                  " WHERE town_id = :town AND zone = :zone ORDER BY position",
         use(town_id), use(zone), into(name), into(first), into(last));
    statement.execute();
    std::vector<SchoolHoliday> holidays;
    while (statement.fetch()) {
        holidays.push_back({name, date_in(first), date_in(last)});
    }
    return holidays;
}

/// Reads (series, date) rows of a statement that has been prepared into them.
std::vector<SeriesDate> fetch_all(soci::statement& statement, const std::int64_t& series,
                                  const std::string& date) {
    statement.execute();
    std::vector<SeriesDate> dates;
    while (statement.fetch()) {
        dates.push_back({SeriesId{series}, date});
    }
    return dates;
}

}  // namespace

CalendarSettings select_calendar_settings(store::Session& session, TownId town) {
    const std::int64_t town_id = raw(town);
    std::string law, zone;
    session.sql() << "SELECT holiday_law, school_zone FROM towns WHERE id = :town", use(town_id),
        into(law), into(zone);
    CalendarSettings settings;
    if (session.sql().got_data()) {
        settings.law = store::present(holiday_law_of(law), "public holidays of a town");
        settings.zone = school_zone_of(zone);
    }
    return settings;
}

std::optional<KeptCalendar> select_school_calendar(store::Session& session, TownId town,
                                                   SchoolZone zone) {
    const std::int64_t town_id = raw(town);
    const std::string zone_word(word_of(zone));
    std::string from, until;
    std::int64_t imported_at = 0;
    session.sql() << "SELECT known_from, known_until, imported_at FROM school_calendars"
                     " WHERE town_id = :town AND zone = :zone",
        use(town_id), use(zone_word), into(from), into(until), into(imported_at);
    if (!session.sql().got_data()) {
        return std::nullopt;
    }
    return KeptCalendar{
        {{}, select_holidays(session, town, zone_word), date_in(from), date_in(until)},
        std::chrono::sys_seconds(std::chrono::seconds(imported_at))};
}

void replace_school_calendar(store::Session& session, TownId town, SchoolZone zone,
                             const KeptCalendar& kept) {
    const std::int64_t town_id = raw(town);
    const std::string zone_word(word_of(zone));
    const std::string from = text_of(kept.calendar.known_from);
    const std::string until = text_of(kept.calendar.known_until);
    const std::int64_t imported_at = kept.imported_at.time_since_epoch().count();
    session.sql() << "DELETE FROM school_holidays WHERE town_id = :town AND zone = :zone",
        use(town_id), use(zone_word);
    session.sql() << "INSERT INTO school_calendars (town_id, zone, known_from, known_until,"
                     " imported_at) VALUES (:town, :zone, :known_from, :known_until, :imported)"
                     " ON CONFLICT (town_id, zone) DO UPDATE SET known_from = excluded.known_from,"
                     " known_until = excluded.known_until, imported_at = excluded.imported_at",
        use(town_id), use(zone_word), use(from), use(until), use(imported_at);
    std::int64_t position = 0;
    for (const SchoolHoliday& holiday : kept.calendar.holidays) {
        const std::string first = text_of(holiday.first);
        const std::string last = text_of(holiday.last);
        session.sql() << "INSERT INTO school_holidays (town_id, zone, position, name, first_date,"
                         " last_date) VALUES (:town, :zone, :position, :name, :first, :last)",
            use(town_id), use(zone_word), use(position), use(holiday.name), use(first), use(last);
        ++position;
    }
}

std::vector<SeriesDate> select_booked_in_holidays(store::Session& session, TownId town,
                                                  SchoolZone zone, std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t present_time = now.time_since_epoch().count();
    const std::string zone_word(word_of(zone));
    std::int64_t series = 0;
    std::string date;
    soci::statement statement =
        (session.sql().prepare
             << "SELECT DISTINCT b.series_id, b.series_date FROM bookings b"
                " JOIN series s ON s.id = b.series_id JOIN school_holidays h"
                " ON h.town_id = b.town_id AND h.zone = :zone AND b.series_date >= h.first_date"
                " AND b.series_date <= h.last_date WHERE b.town_id = :town"
                " AND b.status IN ('pending', 'approved') AND b.start_at > :now"
                " AND s.skips LIKE '%school_holidays%' ORDER BY b.series_id, b.series_date",
         use(zone_word), use(town_id), use(present_time), into(series), into(date));
    return fetch_all(statement, series, date);
}

std::vector<SeriesDate> select_missed_now_term(store::Session& session, TownId town,
                                               SchoolZone zone, const std::string& today) {
    const std::int64_t town_id = raw(town);
    const std::string zone_word(word_of(zone));
    std::int64_t series = 0;
    std::string date;
    soci::statement statement =
        (session.sql().prepare
             << "SELECT DISTINCT m.series_id, m.series_date FROM series_missed m"
                " JOIN school_calendars c ON c.town_id = m.town_id AND c.zone = :zone"
                " AND m.series_date >= c.known_from AND m.series_date <= c.known_until"
                " WHERE m.town_id = :town AND m.rule = 'calendar_unknown'"
                " AND m.series_date > :today AND NOT EXISTS (SELECT 1 FROM school_holidays h"
                "  WHERE h.town_id = c.town_id AND h.zone = c.zone"
                "  AND m.series_date >= h.first_date AND m.series_date <= h.last_date)"
                " ORDER BY m.series_id, m.series_date",
         use(zone_word), use(town_id), use(today), into(series), into(date));
    return fetch_all(statement, series, date);
}

}  // namespace creneau::booking
