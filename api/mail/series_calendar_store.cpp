#include "api/mail/series_calendar_store.hpp"

#include "api/mail/series_calendar.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <soci/soci.h>

namespace creneau::mail {
namespace {

using soci::into;
using soci::use;

// A series that changed counts more than any number of changes of its dates: these may leave it for
// the series that goes on from it, and its number must not fall.
constexpr std::int64_t kChangeOfSeries = 100'000;

std::vector<SeriesDate> dates_of(store::Session& session, std::int64_t town_id,
                                 std::int64_t series_id, std::chrono::sys_seconds now) {
    const std::int64_t gone_after = store::unix_seconds(now - kGoneShown);
    SeriesDate date;
    std::int64_t start = 0, end = 0;
    soci::statement statement =
        (session.sql().prepare
             << "SELECT b.id, b.sequence, b.series_date, b.status, b.start_at, b.end_at, b.purpose,"
                " r.name, t.name, t.address FROM bookings b JOIN rooms r ON r.id = b.room_id"
                " JOIN sites t ON t.id = r.site_id"
                " WHERE b.town_id = :town AND b.series_id = :series"
                " AND (b.status IN ('pending', 'approved') OR EXISTS (SELECT 1 FROM audit g"
                " WHERE g.subject_kind = 'booking' AND g.subject_id = b.id AND g.at > :gone))"
                " ORDER BY b.series_date",
         use(town_id), use(series_id), use(gone_after), into(date.booking_id), into(date.sequence),
         into(date.date), into(date.status), into(start), into(end), into(date.purpose),
         into(date.room), into(date.site), into(date.site_address));
    statement.execute();
    std::vector<SeriesDate> dates;
    while (statement.fetch()) {
        date.start = store::instant(start);
        date.end = store::instant(end);
        dates.push_back(date);
    }
    return dates;
}

/// The series, those that it goes on from, and those that go on from any of them.
std::vector<std::int64_t> family_of(store::Session& session, std::int64_t town_id,
                                    std::int64_t series_id) {
    std::vector<std::int64_t> family{series_id};
    for (std::size_t at = 0; at < family.size(); ++at) {
        const std::int64_t one = family[at];
        std::int64_t id = 0;
        soci::statement statement =
            (session.sql().prepare
                 << "SELECT r.id FROM series s JOIN series r ON r.town_id = s.town_id"
                    " AND (r.id = s.split_from_id OR r.split_from_id = s.id)"
                    " WHERE s.town_id = :town AND s.id = :id ORDER BY r.id",
             use(town_id), use(one), into(id));
        statement.execute();
        while (statement.fetch()) {
            if (std::ranges::find(family, id) == family.end()) {
                family.push_back(id);
            }
        }
    }
    return family;
}

std::optional<SeriesCalendar> calendar_of(store::Session& session, std::int64_t town_id,
                                          std::int64_t series_id, std::chrono::sys_seconds now) {
    SeriesCalendar series;
    series.series_id = series_id;
    session.sql() << "SELECT start_time, end_time, end_day_offset, time_zone FROM series"
                     " WHERE town_id = :town AND id = :id",
        use(town_id), use(series_id), into(series.start_time), into(series.end_time),
        into(series.end_day_offset), into(series.time_zone);
    if (!session.sql().got_data()) {
        return std::nullopt;
    }
    series.sequence = series_sequence(session, town_id, series_id);
    series.dates = dates_of(session, town_id, series_id, now);
    return series;
}

/// A series that others took all dates of is cancelled as a whole, on the dates of one of them.
void cancel_empty_ones(std::vector<SeriesCalendar>& family) {
    const auto taker = std::ranges::find_if(
        family, [](const SeriesCalendar& series) { return !series.dates.empty(); });
    if (taker == family.end()) {
        return;
    }
    std::vector<SeriesDate> gone = taker->dates;
    for (SeriesDate& date : gone) {
        date.status = "cancelled";
    }
    for (SeriesCalendar& series : family) {
        if (series.dates.empty()) {
            series.dates = gone;
        }
    }
}

}  // namespace

std::int64_t series_sequence(store::Session& session, std::int64_t town_id,
                             std::int64_t series_id) {
    std::int64_t sequence = 0, changes = 0;
    session.sql() << "SELECT s.sequence, COALESCE((SELECT CAST(SUM(b.sequence + 1) AS BIGINT)"
                     " FROM bookings b WHERE b.series_id = s.id), 0)"
                     " FROM series s WHERE s.town_id = :town AND s.id = :id",
        use(town_id), use(series_id), into(sequence), into(changes);
    return sequence * kChangeOfSeries + changes;
}

std::vector<SeriesCalendar> select_series_calendars(store::Session& session, std::int64_t town_id,
                                                    std::int64_t series_id,
                                                    std::chrono::sys_seconds now) {
    std::vector<SeriesCalendar> family;
    for (const std::int64_t id : family_of(session, town_id, series_id)) {
        if (auto series = calendar_of(session, town_id, id, now)) {
            family.push_back(*std::move(series));
        }
    }
    cancel_empty_ones(family);
    return family;
}

}  // namespace creneau::mail
