#include "api/access/events/check_in_store.hpp"

#include "api/access/access_types.hpp"
#include "api/access/doors/door_types.hpp"
#include "api/access/events/event_rules.hpp"
#include "api/access/events/event_store.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>

#include <soci/soci.h>

namespace creneau::access {

namespace {

using soci::use;
using store::raw;
using store::unix_seconds;

/// Among these an association's windows are looked for: no slot is longer, no room has more margin.
constexpr std::chrono::days kLongestBooking{31};
constexpr std::chrono::days kLongestMargin{1};

}  // namespace

void note_check_in(store::Session& session, TownId town, DoorId door, const ShownCredential& shown,
                   std::chrono::sys_seconds at) {
    const std::int64_t town_id = raw(town);
    const std::int64_t door_id = raw(door);
    const std::int64_t instant = unix_seconds(at);
    if (shown.pass_number) {
        const std::int64_t number = *shown.pass_number;
        const std::int64_t early = unix_seconds(at + kClockAllowance);
        const std::int64_t late = unix_seconds(at - kClockAllowance);
        session.sql() << "INSERT INTO check_ins (booking_id, town_id, start_at)"
                         " SELECT DISTINCT b.id, b.town_id, b.start_at FROM passes p"
                         " JOIN bookings b ON b.id = p.booking_id AND b.town_id = p.town_id"
                         " JOIN access_windows w ON w.source_kind = 'booking'"
                         " AND w.source_id = b.id AND w.town_id = b.town_id"
                         " JOIN zone_doors z ON z.zone_id = w.zone_id AND z.town_id = w.town_id"
                         " WHERE p.town_id = :town AND p.number = :number AND z.door_id = :door"
                         " AND w.start_at <= :early AND w.end_at > :late"
                         " ON CONFLICT (booking_id) DO UPDATE SET start_at = excluded.start_at",
            use(town_id), use(number), use(door_id), use(early), use(late);
    } else if (shown.badge && shown.association) {
        const std::int64_t association = raw(*shown.association);
        const std::int64_t from = unix_seconds(at - kLongestBooking);
        const std::int64_t to = unix_seconds(at + kLongestMargin);
        session.sql() << "INSERT INTO check_ins (booking_id, town_id, start_at)"
                         " SELECT b.id, b.town_id, b.start_at FROM bookings b"
                         " JOIN access_windows w ON w.source_kind = 'booking'"
                         " AND w.source_id = b.id AND w.town_id = b.town_id"
                         " JOIN zone_doors z ON z.zone_id = w.zone_id AND z.town_id = w.town_id"
                         " WHERE b.town_id = :town AND b.association_id = :association"
                         " AND b.start_at BETWEEN :from AND :to"
                         " AND w.holder_kind = 'association' AND w.holder_id = b.association_id"
                         " AND z.door_id = :door AND w.start_at <= :at AND w.end_at > :same"
                         " ORDER BY w.start_at DESC, w.id LIMIT 1"
                         " ON CONFLICT (booking_id) DO UPDATE SET start_at = excluded.start_at",
            use(town_id), use(association), use(from), use(to), use(door_id), use(instant),
            use(instant);
    }
}

}  // namespace creneau::access
