#include "api/booking/occupancy_store.hpp"

#include "api/booking/booking_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/local_time.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <soci/soci.h>

namespace creneau::booking {

namespace {

using soci::into;
using soci::use;
using store::instant;
using store::raw;
using store::unix_seconds;

/// Rows `o` that may meet an interval; binds its end and its start. As those of a space never
/// overlap, nothing before the last one begun by the start reaches it.
constexpr auto kReachingRows =
    " JOIN occupancies o ON o.space_id = k.space_id AND o.start_at < :end"
    " AND o.start_at >= COALESCE((SELECT p.start_at FROM occupancies p"
    "  WHERE p.space_id = k.space_id AND p.start_at <= :begin"
    "  ORDER BY p.start_at DESC LIMIT 1), 0)";

}  // namespace

std::vector<Interval> select_busy(store::Session& session, SpaceId space, const Interval& range,
                                  const Sight& sight) {
    const std::int64_t space_id = raw(space);
    const std::int64_t from = unix_seconds(range.start);
    const std::int64_t to = unix_seconds(range.end);
    const std::int64_t now = unix_seconds(sight.now);
    const std::string seen = std::string(" AND (expires_at IS NULL OR expires_at > :now)") +
                             (sight.closures ? "" : " AND source_kind <> 'closure'");
    std::int64_t start = 0;
    std::int64_t end = 0;
    std::vector<Interval> busy;
    session.sql() << "SELECT start_at, end_at FROM occupancies"
                     " WHERE space_id = :space AND start_at < :from" +
                         seen + " ORDER BY start_at DESC LIMIT 1",
        use(space_id), use(from), use(now), into(start), into(end);
    if (session.sql().got_data() && end > from) {
        busy.push_back({instant(start), instant(end)});
    }
    soci::statement statement =
        (session.sql().prepare << "SELECT start_at, end_at FROM occupancies"
                                  " WHERE space_id = :space AND start_at >= :from"
                                  " AND start_at < :to" +
                                      seen + " ORDER BY start_at",
         use(space_id), use(from), use(to), use(now), into(start), into(end));
    statement.execute();
    while (statement.fetch()) {
        busy.push_back({instant(start), instant(end)});
    }
    return busy;
}

bool is_booked(store::Session& session, TownId town, RoomId room, const Interval& interval,
               const Look& look) {
    const std::int64_t own = raw(look.but_for);
    const std::int64_t town_id = raw(town);
    const std::int64_t room_id = raw(room);
    const std::int64_t end = unix_seconds(interval.end);
    const std::int64_t start = unix_seconds(interval.start);
    std::int64_t taken = 0;
    // Not by equality: SQLite would go through every booking, by the index of the sources.
    session.sql() << std::string("SELECT COUNT(*) FROM room_spaces k") + kReachingRows +
                         " WHERE k.town_id = :town AND k.room_id = :room AND o.end_at > :start"
                         " AND o.source_kind NOT IN ('closure', 'hold') AND o.source_id <> :own",
        use(end), use(start), use(town_id), use(room_id), use(start), use(own), into(taken);
    return taken > 0;
}

std::optional<std::string> held_until(store::Session& session, TownId town, RoomId room,
                                      const Interval& interval, const Look& look) {
    const std::int64_t now = unix_seconds(look.now);
    const std::int64_t town_id = raw(town);
    const std::int64_t room_id = raw(room);
    const std::int64_t end = unix_seconds(interval.end);
    const std::int64_t start = unix_seconds(interval.start);
    std::int64_t expires_at = 0;
    std::string zone;
    // Holds alone expire.
    session.sql() << std::string(
                         "SELECT o.expires_at, s.time_zone FROM rooms r"
                         " JOIN sites s ON s.id = r.site_id"
                         " JOIN room_spaces k ON k.room_id = r.id") +
                         kReachingRows +
                         " WHERE r.town_id = :town AND r.id = :room AND o.end_at > :start"
                         " AND o.expires_at > :now ORDER BY o.expires_at DESC LIMIT 1",
        use(end), use(start), use(town_id), use(room_id), use(start), use(now), into(expires_at),
        into(zone);
    return session.sql().got_data() ? std::optional(local_time_of(instant(expires_at), zone))
                                    : std::nullopt;
}

void occupy(store::Session& session, TownId town, SpaceId space, const Interval& interval,
            const Source& source) {
    const std::int64_t town_id = raw(town);
    const std::int64_t space_id = raw(space);
    const std::int64_t start = unix_seconds(interval.start);
    const std::int64_t end = unix_seconds(interval.end);
    const std::string kind(source.kind);
    const std::int64_t expires_at = source.expires_at ? unix_seconds(*source.expires_at) : 0;
    session.sql() << "INSERT INTO occupancies (space_id, start_at, end_at, town_id, source_kind,"
                     " source_id, expires_at) VALUES (:space, :start, :end, :town, :kind, :source,"
                     " NULLIF(CAST(:expires AS BIGINT), 0))",
        use(space_id), use(start), use(end), use(town_id), use(kind), use(source.id),
        use(expires_at);
}

Interval vacate_closures(store::Session& session, TownId town, RoomId room,
                         const Interval& interval) {
    const std::int64_t town_id = raw(town);
    const std::int64_t room_id = raw(room);
    const std::int64_t from = unix_seconds(interval.start);
    const std::int64_t to = unix_seconds(interval.end);
    std::int64_t space = 0;
    std::int64_t start = 0;
    std::int64_t end = 0;
    soci::statement statement =
        (session.sql().prepare
             << std::string("SELECT o.space_id, o.start_at, o.end_at FROM room_spaces k") +
                    kReachingRows +
                    " WHERE k.town_id = :town AND k.room_id = :room AND o.end_at > :from"
                    " AND o.source_kind NOT IN ('booking', 'hold')",
         use(to), use(from), use(town_id), use(room_id), use(from), into(space), into(start),
         into(end));
    statement.execute();
    std::vector<std::pair<std::int64_t, std::int64_t>> rows;
    Interval left = interval;
    while (statement.fetch()) {
        rows.emplace_back(space, start);
        left = {std::min(left.start, instant(start)), std::max(left.end, instant(end))};
    }
    for (const auto& [of_space, at] : rows) {
        session.sql() << "DELETE FROM occupancies WHERE space_id = :space AND start_at = :start",
            use(of_space), use(at);
    }
    return left;
}

void vacate_within(store::Session& session, TownId town, const Source& source, RoomId room,
                   const Interval& interval) {
    const std::int64_t town_id = raw(town);
    const std::int64_t room_id = raw(room);
    const std::int64_t from = unix_seconds(interval.start);
    const std::int64_t to = unix_seconds(interval.end);
    std::int64_t space = 0;
    std::int64_t start = 0;
    std::int64_t end = 0;
    std::string kind;
    soci::statement statement =
        (session.sql().prepare
             << std::string("SELECT o.space_id, o.start_at, o.end_at, o.source_kind"
                            " FROM room_spaces k") +
                    kReachingRows +
                    " WHERE k.town_id = :town AND k.room_id = :room AND o.end_at > :from"
                    " AND o.source_id = :source",
         use(to), use(from), use(town_id), use(room_id), use(from), use(source.id), into(space),
         into(start), into(end), into(kind));
    statement.execute();
    std::vector<std::pair<SpaceId, Interval>> rows;
    while (statement.fetch()) {
        if (kind == source.kind) {
            rows.push_back({SpaceId{space}, {instant(start), instant(end)}});
        }
    }
    for (const auto& [of_space, row] : rows) {
        const std::int64_t space_id = raw(of_space);
        const std::int64_t at = unix_seconds(row.start);
        session.sql() << "DELETE FROM occupancies WHERE space_id = :space AND start_at = :start",
            use(space_id), use(at);
        if (row.start < interval.start) {
            occupy(session, town, of_space, {row.start, interval.start}, source);
        }
        if (interval.end < row.end) {
            occupy(session, town, of_space, {interval.end, row.end}, source);
        }
    }
}

void vacate(store::Session& session, TownId town, const Source& source) {
    const std::int64_t town_id = raw(town);
    const std::string kind(source.kind);
    session.sql() << "DELETE FROM occupancies WHERE source_kind = :kind AND source_id = :source"
                     " AND town_id = :town",
        use(kind), use(source.id), use(town_id);
}

}  // namespace creneau::booking
