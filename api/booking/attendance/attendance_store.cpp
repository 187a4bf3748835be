#include "api/booking/attendance/attendance_store.hpp"

#include "api/access/events/event_rules.hpp"
#include "api/booking/booking_types.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

#include <soci/soci.h>

namespace creneau::booking {

namespace {

using soci::into;
using soci::use;
using store::raw;
using store::unix_seconds;

constexpr std::size_t kDateLength = 10;

}  // namespace

bool has_check_in(store::Session& session, TownId town, const Booking& booking) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(booking.id);
    const std::int64_t start = unix_seconds(booking.slot.at.start);
    std::int64_t count = 0;
    session.sql() << "SELECT COUNT(*) FROM check_ins WHERE town_id = :town AND booking_id = :id"
                     " AND start_at = :start",
        use(town_id), use(id), use(start), into(count);
    return count > 0;
}

DoorsTold count_doors_told(store::Session& session, TownId town, const Booking& booking) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(booking.id);
    const std::int64_t end = unix_seconds(booking.slot.at.end);
    DoorsTold found;
    session.sql() << "SELECT COUNT(*), COUNT(CASE WHEN a.seen_at >= :end AND a.journal_unsent = 0"
                     " AND a.clock IN ('trusted', 'holdover') THEN 1 END) FROM doors d"
                     " LEFT JOIN door_agents a ON a.id = d.agent_id AND a.town_id = d.town_id"
                     " WHERE d.town_id = :town AND d.locked = 1 AND d.id IN (SELECT z.door_id"
                     " FROM zone_doors z JOIN access_windows w ON w.zone_id = z.zone_id"
                     " AND w.town_id = z.town_id WHERE w.source_kind = 'booking'"
                     " AND w.source_id = :id AND w.town_id = :same)",
        use(end), use(town_id), use(id), use(town_id), into(found.doors), into(found.told);
    return found;
}

bool is_anybody_seen(store::Session& session, TownId town, const Booking& booking) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(booking.id);
    const std::int64_t skew = access::kClockAllowance.count();
    std::int64_t count = 0;
    session.sql() << "SELECT COUNT(*) FROM access_windows w"
                     " JOIN zone_doors z ON z.zone_id = w.zone_id AND z.town_id = w.town_id"
                     " JOIN access_events e ON e.town_id = w.town_id AND e.door_id = z.door_id"
                     " AND e.occurred_at >= w.start_at - :skew AND e.occurred_at < w.end_at"
                     " WHERE w.source_kind = 'booking' AND w.source_id = :id AND w.town_id = :town"
                     " AND (e.kind = 'granted' OR e.reason IN ('free_access', 'free_access_over'))",
        use(skew), use(id), use(town_id), into(count);
    return count > 0;
}

bool has_other_way_in(store::Session& session, TownId town, const Booking& booking) {
    const std::int64_t town_id = raw(town);
    const std::int64_t room = raw(booking.room);
    const std::string date = booking.slot.local_start.substr(0, kDateLength);
    std::int64_t count = 0;
    session.sql() << "SELECT COUNT(*) FROM room_ways_in WHERE town_id = :town AND room_id = :room"
                     " AND way IN ('key', 'staff') AND from_date <= :date"
                     " AND (until_date IS NULL OR until_date > :same)",
        use(town_id), use(room), use(date), use(date), into(count);
    return count > 0;
}

}  // namespace creneau::booking
