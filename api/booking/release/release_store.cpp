#include "api/booking/release/release_store.hpp"

#include "api/access/access_types.hpp"
#include "api/booking/booking_rules.hpp"
#include "api/booking/booking_types.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <vector>

#include <soci/soci.h>

namespace creneau::booking {

namespace {

using soci::into;
using soci::use;
using store::raw;
using store::unix_seconds;

/// What is left of a slot in its last minute is nobody's.
constexpr std::chrono::minutes kLeastRest{1};

}  // namespace

std::vector<BookingId> select_releasable(store::Session& session, TownId town,
                                         const DuePage& page) {
    const std::int64_t town_id = raw(town);
    const std::int64_t oldest = unix_seconds(page.now - kLongestBooking - std::chrono::days{1});
    const std::int64_t now = unix_seconds(page.now);
    const std::int64_t rest = unix_seconds(page.now + kLeastRest);
    const std::int64_t after = raw(page.after);
    std::int64_t id = 0;
    soci::statement statement =
        (session.sql().prepare
             << "SELECT b.id FROM bookings b JOIN room_rules r ON r.room_id = b.room_id"
                " AND r.town_id = b.town_id WHERE b.town_id = :town AND b.status = 'approved'"
                " AND b.start_at > :oldest AND b.start_at + 60 * r.release_min <= :now"
                " AND b.start_at < :same AND b.end_at > :rest AND b.id > :after"
                " ORDER BY b.id LIMIT :limit",
         use(town_id), use(oldest), use(now), use(now), use(rest), use(after), use(page.limit),
         into(id));
    statement.execute();
    std::vector<BookingId> due;
    while (statement.fetch()) {
        due.push_back(BookingId{id});
    }
    return due;
}

void insert_release(store::Session& session, TownId town, const Booking& before) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(before.id);
    const std::int64_t start = unix_seconds(before.slot.at.start);
    const std::int64_t end = unix_seconds(before.slot.at.end);
    session.sql() << "INSERT INTO releases (booking_id, town_id, start_at, booked_until) VALUES"
                     " (:id, :town, :start, :end) ON CONFLICT (booking_id) DO UPDATE SET"
                     " start_at = excluded.start_at, booked_until = excluded.booked_until",
        use(id), use(town_id), use(start), use(end);
}

bool is_released(store::Session& session, TownId town, const Booking& booking) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(booking.id);
    const std::int64_t start = unix_seconds(booking.slot.at.start);
    std::int64_t count = 0;
    session.sql() << "SELECT COUNT(*) FROM releases WHERE town_id = :town AND booking_id = :id"
                     " AND start_at = :start",
        use(town_id), use(id), use(start), into(count);
    return count > 0;
}

void hold_agents(store::Session& session, TownId town, access::ZoneId zone) {
    const std::int64_t town_id = raw(town);
    const std::int64_t zone_id = raw(zone);
    session.sql() << "UPDATE door_agents SET seen_at = seen_at WHERE town_id = :town AND id IN"
                     " (SELECT d.agent_id FROM zone_doors z JOIN doors d ON d.id = z.door_id"
                     " AND d.town_id = z.town_id WHERE z.town_id = :same AND z.zone_id = :zone)",
        use(town_id), use(town_id), use(zone_id);
}

}  // namespace creneau::booking
