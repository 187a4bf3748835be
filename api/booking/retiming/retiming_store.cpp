#include "api/booking/retiming/retiming_store.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/closures/closure_types.hpp"
#include "api/booking/holds/hold_types.hpp"
#include "api/booking/reach.hpp"
#include "api/booking/view_store.hpp"
#include "api/store/column.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::booking {

namespace {

using soci::into;
using soci::use;
using store::instant;
using store::raw;
using store::unix_seconds;

}  // namespace

std::string select_compared_version(store::Session& session, TownId town) {
    const std::int64_t town_id = raw(town);
    std::string version;
    session.sql() << "SELECT tz_version FROM towns WHERE id = :town", use(town_id), into(version);
    return version;
}

void set_compared_version(store::Session& session, TownId town, const std::string& version) {
    const std::int64_t town_id = raw(town);
    session.sql() << "UPDATE towns SET tz_version = :version WHERE id = :town", use(version),
        use(town_id);
}

std::vector<OutdatedTime> select_outdated(store::Session& session, TownId town,
                                          const std::string& version,
                                          std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t present_time = unix_seconds(now);
    std::int64_t id = 0, start = 0, end = 0;
    std::string local_start, local_end, zone;
    soci::statement statement =
        (session.sql().prepare
             << "SELECT b.id, b.start_at, b.end_at, b.local_start, b.local_end, s.time_zone"
                " FROM bookings b JOIN rooms r ON r.id = b.room_id JOIN sites s ON s.id = r.site_id"
                " WHERE b.town_id = :town AND b.status IN ('pending', 'approved')"
                " AND b.start_at > :now AND b.tz_version <> :version ORDER BY b.start_at, b.id",
         use(town_id), use(present_time), use(version), into(id), into(start), into(end),
         into(local_start), into(local_end), into(zone));
    statement.execute();
    std::vector<OutdatedTime> outdated;
    while (statement.fetch()) {
        outdated.push_back(
            {BookingId{id}, {local_start, local_end, {instant(start), instant(end)}}, zone});
    }
    return outdated;
}

void stamp_version(store::Session& session, TownId town, const std::string& version,
                   std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t present_time = unix_seconds(now);
    session.sql() << "UPDATE bookings SET tz_version = :stamp WHERE town_id = :town"
                     " AND status IN ('pending', 'approved') AND start_at > :now"
                     " AND tz_version <> :version AND NOT EXISTS (SELECT 1 FROM time_conflicts c"
                     "  WHERE c.booking_id = bookings.id AND c.tz_version = :conflict"
                     "  AND c.start_at = bookings.start_at AND c.end_at = bookings.end_at)",
        use(version), use(town_id), use(present_time), use(version), use(version);
}

void move_closure(store::Session& session, TownId town, ClosureId closure, const Interval& at) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(closure);
    const std::int64_t start = unix_seconds(at.start);
    const std::int64_t end = unix_seconds(at.end);
    session.sql() << "UPDATE closures SET start_at = :start, end_at = :end"
                     " WHERE town_id = :town AND id = :id",
        use(start), use(end), use(town_id), use(id);
}

void move_wait(store::Session& session, TownId town, WaitId wait, const Interval& at) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(wait);
    const std::int64_t start = unix_seconds(at.start);
    const std::int64_t end = unix_seconds(at.end);
    session.sql() << "UPDATE waits SET start_at = :start, end_at = :end"
                     " WHERE town_id = :town AND id = :id",
        use(start), use(end), use(town_id), use(id);
}

void put_time_conflict(store::Session& session, TownId town, const TimeConflict& conflict) {
    const std::int64_t booking = raw(conflict.booking);
    const std::int64_t town_id = raw(town);
    const std::int64_t start = unix_seconds(conflict.kept.start);
    const std::int64_t end = unix_seconds(conflict.kept.end);
    const std::int64_t found_at = unix_seconds(conflict.found_at);
    session.sql() << "INSERT INTO time_conflicts (booking_id, town_id, start_at, end_at,"
                     " tz_version, found_at, rule, detail_fr, detail_en) VALUES (:booking, :town,"
                     " :start, :end, :version, :found, :rule, :fr, :en)"
                     " ON CONFLICT (booking_id) DO UPDATE SET start_at = excluded.start_at,"
                     " end_at = excluded.end_at, tz_version = excluded.tz_version,"
                     " found_at = excluded.found_at, rule = excluded.rule,"
                     " detail_fr = excluded.detail_fr, detail_en = excluded.detail_en",
        use(booking), use(town_id), use(start), use(end), use(conflict.tz_version), use(found_at),
        use(conflict.rule), use(conflict.detail.fr), use(conflict.detail.en);
}

std::vector<StandingConflict> select_time_conflicts(store::Session& session, TownId town,
                                                    const ConflictQuery& query) {
    const std::int64_t town_id = raw(town);
    const std::int64_t after = raw(query.after);
    const std::int64_t present_time = unix_seconds(query.now);
    std::int64_t id = 0, start = 0, end = 0, found_at = 0;
    TimeConflict row;
    const std::string rooms = query.rooms ? " AND b.room_id IN (" + listed(*query.rooms) + ')' : "";
    soci::statement statement =
        (session.sql().prepare
             << "SELECT c.booking_id, c.start_at, c.end_at, c.found_at, c.tz_version, c.rule,"
                " c.detail_fr, c.detail_en FROM time_conflicts c JOIN bookings b"
                " ON b.id = c.booking_id AND b.start_at = c.start_at AND b.end_at = c.end_at"
                " WHERE c.town_id = :town AND c.booking_id > :after AND b.start_at > :now"
                " AND b.status IN ('pending', 'approved') AND b.tz_version <> c.tz_version"
             << rooms << " ORDER BY c.booking_id LIMIT :limit",
         use(town_id), use(after), use(present_time), use(query.limit), into(id), into(start),
         into(end), into(found_at), into(row.tz_version), into(row.rule), into(row.detail.fr),
         into(row.detail.en));
    statement.execute();
    std::vector<StandingConflict> standing;
    while (statement.fetch()) {
        row.booking = BookingId{id};
        row.kept = {instant(start), instant(end)};
        row.found_at = instant(found_at);
        standing.push_back({row, {}});
    }
    for (StandingConflict& one : standing) {
        one.view = store::present(select_view(session, town, one.conflict.booking),
                                  "booking of a time conflict");
    }
    return standing;
}

}  // namespace creneau::booking
