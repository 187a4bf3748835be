#include "api/booking/holds/hold_store.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/equipment/equipment_store.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/holds/hold_types.hpp"
#include "api/booking/occupancy_store.hpp"
#include "api/booking/reach.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstddef>
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

template <class Id>
std::int64_t raw(Id id) {
    return static_cast<std::int64_t>(id);
}

std::int64_t unix_seconds(std::chrono::sys_seconds at) {
    return at.time_since_epoch().count();
}

std::chrono::sys_seconds instant(std::int64_t at) {
    return std::chrono::sys_seconds(std::chrono::seconds(at));
}

// Ids of ours are positive: 0 stands for NULL.
constexpr auto kSelect =
    "SELECT h.id, h.room_id, COALESCE(h.association_id, 0), h.booker_id, h.requested_by_id,"
    " h.start_at, h.end_at, h.attendees, h.expires_at, h.placed_at, COALESCE(h.wait_id, 0),"
    " (SELECT COUNT(*) FROM hold_equipment q WHERE q.hold_id = h.id),"
    " h.status, h.local_start, h.local_end, h.purpose, h.layout, r.name, s.time_zone, p.name,"
    " COALESCE(a.name, '') FROM holds h JOIN rooms r ON r.id = h.room_id"
    " JOIN sites s ON s.id = r.site_id JOIN people p ON p.id = h.booker_id"
    " LEFT JOIN associations a ON a.id = h.association_id WHERE h.town_id = :town";

struct HoldColumns {
    std::int64_t id = 0, room = 0, association = 0, booker = 0, requester = 0, start = 0, end = 0,
                 attendees = 0, expires_at = 0, placed_at = 0, wait = 0, orders = 0;
    std::string status, local_start, local_end, purpose, layout, room_name, time_zone, booker_name,
        association_name;

    void bind(soci::statement& statement) {
        for (auto* column : {&id, &room, &association, &booker, &requester, &start, &end,
                             &attendees, &expires_at, &placed_at, &wait, &orders}) {
            statement.exchange(into(*column));
        }
        for (auto* column : {&status, &local_start, &local_end, &purpose, &layout, &room_name,
                             &time_zone, &booker_name, &association_name}) {
            statement.exchange(into(*column));
        }
    }

    Hold hold() const {
        Hold read;
        read.id = HoldId{id};
        read.claim.room = RoomId{room};
        if (association != 0) {
            read.claim.association = AssociationId{association};
        }
        read.claim.booker = PersonId{booker};
        read.claim.requested_by = PersonId{requester};
        read.claim.slot = {local_start, local_end, {instant(start), instant(end)}};
        read.claim.attendees = static_cast<int>(attendees);
        read.claim.purpose = purpose;
        read.claim.layout = layout;
        read.status = store::present(hold_status_of(status), "status of a hold");
        read.expires_at = instant(expires_at);
        read.placed_at = instant(placed_at);
        if (wait != 0) {
            read.wait = WaitId{wait};
        }
        read.room_name = room_name;
        read.time_zone = time_zone;
        read.booker_name = booker_name;
        read.association_name = association_name;
        return read;
    }
};

/// `numbers` are bound after the town.
std::vector<Hold> holds_where(store::Session& session, TownId town, const std::string& tail,
                              const std::vector<std::int64_t>& numbers) {
    const std::int64_t town_id = raw(town);
    HoldColumns columns;
    soci::statement statement(session.sql());
    columns.bind(statement);
    statement.exchange(use(town_id));
    for (const std::int64_t& number : numbers) {
        statement.exchange(use(number));
    }
    statement.alloc();
    statement.prepare(kSelect + tail);
    statement.define_and_bind();
    statement.execute();
    std::vector<Hold> holds;
    std::vector<std::size_t> equipped;
    while (statement.fetch()) {
        if (columns.orders > 0) {
            equipped.push_back(holds.size());
        }
        holds.push_back(columns.hold());
    }
    for (const std::size_t at : equipped) {
        holds[at].claim.equipment = orders_of(session, town, holds[at].id);
    }
    return holds;
}

}  // namespace

HoldId insert_hold(store::Session& session, TownId town, const Hold& hold, const Place& place) {
    const Claim& claim = hold.claim;
    const std::int64_t town_id = raw(town);
    const std::int64_t room = raw(claim.room);
    const std::int64_t association = raw(claim.association.value_or(AssociationId{}));
    const std::int64_t booker = raw(claim.booker);
    const std::int64_t requester = raw(claim.requested_by);
    const std::int64_t start = unix_seconds(claim.slot.at.start);
    const std::int64_t end = unix_seconds(claim.slot.at.end);
    const std::int64_t expires_at = unix_seconds(hold.expires_at);
    const std::int64_t placed_at = unix_seconds(hold.placed_at);
    const std::int64_t wait = raw(hold.wait.value_or(WaitId{}));
    std::int64_t id = 0;
    session.sql() << "INSERT INTO holds (town_id, room_id, association_id, booker_id,"
                     " requested_by_id, local_start, local_end, start_at, end_at, attendees,"
                     " purpose, layout, expires_at, placed_at, wait_id) VALUES (:town, :room,"
                     " NULLIF(CAST(:association AS BIGINT), 0), :booker, :requester, :lstart,"
                     " :lend, :start, :end, :attendees, :purpose, :layout, :expires, :placed,"
                     " NULLIF(CAST(:wait AS BIGINT), 0)) RETURNING id",
        use(town_id), use(room), use(association), use(booker), use(requester),
        use(claim.slot.local_start), use(claim.slot.local_end), use(start), use(end),
        use(claim.attendees), use(claim.purpose), use(claim.layout), use(expires_at),
        use(placed_at), use(wait), into(id);
    for (const SpaceId space : place.spaces) {
        occupy(session, town, space, claim.slot.at, {"hold", id, hold.expires_at});
    }
    if (!claim.equipment.empty()) {
        set_orders(session, town, HoldId{id}, claim.equipment);
        take_equipment(
            session, town, HoldId{id},
            {claim.slot.at.start - place.rules.setup, claim.slot.at.end + place.rules.teardown},
            hold.expires_at);
    }
    return HoldId{id};
}

bool end_hold(store::Session& session, TownId town, HoldId hold, const HoldEnd& end) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(hold);
    const std::int64_t at = unix_seconds(end.at);
    const std::string status(word_of(end.status));
    soci::statement statement =
        (session.sql().prepare << "UPDATE holds SET status = :status, ended_at = :at"
                                  " WHERE town_id = :town AND id = :id AND status = 'held'",
         use(status), use(at), use(town_id), use(id));
    statement.execute(true);
    if (statement.get_affected_rows() != 1) {
        return false;
    }
    vacate(session, town, {"hold", id, {}});
    give_equipment_back(session, town, hold);
    return true;
}

void name_booking_of(store::Session& session, TownId town, HoldId hold, BookingId booking) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(hold);
    const std::int64_t booking_id = raw(booking);
    session.sql() << "UPDATE holds SET booking_id = :booking WHERE town_id = :town AND id = :id",
        use(booking_id), use(town_id), use(id);
}

std::optional<Hold> select_hold(store::Session& session, TownId town, HoldId hold) {
    auto found = holds_where(session, town, " AND h.id = :id", {raw(hold)});
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::vector<Hold> select_holds(store::Session& session, TownId town, const HoldQuery& query) {
    std::string tail = " AND h.status = 'held' AND h.expires_at > :now";
    std::vector<std::int64_t> numbers{unix_seconds(query.now)};
    if (query.reach) {
        tail += within(*query.reach, "h", numbers);
    }
    if (query.site) {
        tail += " AND r.site_id = :site";
        numbers.push_back(raw(*query.site));
    }
    if (query.room) {
        tail +=
            " AND EXISTS (SELECT 1 FROM room_spaces k JOIN room_spaces o"
            " ON o.space_id = k.space_id WHERE k.room_id = h.room_id AND o.room_id = :room)";
        numbers.push_back(raw(*query.room));
    }
    if (query.range) {
        tail += " AND h.end_at > :from AND h.start_at < :to";
        numbers.insert(numbers.end(),
                       {unix_seconds(query.range->start), unix_seconds(query.range->end)});
    }
    if (query.after) {
        tail +=
            " AND (h.expires_at, h.id) >"
            " (SELECT e.expires_at, e.id FROM holds e WHERE e.town_id = h.town_id AND e.id = "
            ":after)";
        numbers.push_back(raw(*query.after));
    }
    numbers.push_back(query.limit);
    return holds_where(session, town, tail + " ORDER BY h.expires_at, h.id LIMIT :limit", numbers);
}

std::vector<Hold> select_expired(store::Session& session, TownId town,
                                 std::chrono::sys_seconds now) {
    return holds_where(session, town,
                       " AND h.status = 'held' AND h.expires_at <= :now"
                       " ORDER BY h.expires_at, h.id",
                       {unix_seconds(now)});
}

bool has_expired_hold(store::Session& session, TownId town, std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t at = unix_seconds(now);
    std::int64_t id = 0;
    session.sql() << "SELECT id FROM holds WHERE town_id = :town AND status = 'held'"
                     " AND expires_at <= :now LIMIT 1",
        use(town_id), use(at), into(id);
    return session.sql().got_data();
}

}  // namespace creneau::booking
