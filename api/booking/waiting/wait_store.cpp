#include "api/booking/waiting/wait_store.hpp"

#include "api/booking/booking_rules.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/equipment/equipment_store.hpp"
#include "api/booking/holds/hold_types.hpp"
#include "api/booking/reach.hpp"
#include "api/booking/waiting/wait_types.hpp"
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

// No room has a longer setup or teardown (room_rules).
constexpr std::chrono::hours kLongestBuffer{24};

// Ids of ours are positive: 0 stands for NULL.
constexpr auto kSelect =
    "SELECT w.id, w.room_id, COALESCE(w.association_id, 0), w.booker_id, w.requested_by_id,"
    " w.start_at, w.end_at, w.attendees, w.asked_at, COALESCE(h.id, 0),"
    " (SELECT COUNT(*) FROM wait_equipment q WHERE q.wait_id = w.id), w.in_round, ";

// Bounded below, so that the index ends the scan: no booking is longer.
const std::string kAhead =
    "(SELECT COUNT(*) FROM waits e WHERE e.room_id = w.room_id AND e.status = 'waiting'"
    " AND e.id < w.id AND e.end_at > w.start_at AND e.start_at < w.end_at AND e.start_at >"
    " w.start_at - " +
    std::to_string(std::chrono::seconds(kLongestBooking + std::chrono::days(2)).count()) + ")";

// A line is walked in its order: nobody asks it how long it is.
const std::string kNotCounted = "0";

constexpr auto kRest =
    ", w.status, w.local_start, w.local_end, w.purpose, w.layout, r.name, s.time_zone, p.name,"
    " COALESCE(a.name, '') FROM waits w JOIN rooms r ON r.id = w.room_id"
    " JOIN sites s ON s.id = r.site_id JOIN people p ON p.id = w.booker_id"
    " LEFT JOIN associations a ON a.id = w.association_id"
    " LEFT JOIN holds h ON h.wait_id = w.id AND h.status = 'held' WHERE w.town_id = :town";

struct WaitColumns {
    std::int64_t id = 0, room = 0, association = 0, booker = 0, requester = 0, start = 0, end = 0,
                 attendees = 0, asked_at = 0, hold = 0, orders = 0, in_round = 0, ahead = 0;
    std::string status, local_start, local_end, purpose, layout, room_name, time_zone, booker_name,
        association_name;

    void bind(soci::statement& statement) {
        for (auto* column : {&id, &room, &association, &booker, &requester, &start, &end,
                             &attendees, &asked_at, &hold, &orders, &in_round, &ahead}) {
            statement.exchange(into(*column));
        }
        for (auto* column : {&status, &local_start, &local_end, &purpose, &layout, &room_name,
                             &time_zone, &booker_name, &association_name}) {
            statement.exchange(into(*column));
        }
    }

    Wait wait() const {
        Wait read;
        read.id = WaitId{id};
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
        read.status = store::present(wait_status_of(status), "status of a wait");
        read.asked_at = instant(asked_at);
        read.in_round = in_round != 0;
        read.ahead = ahead;
        if (hold != 0) {
            read.hold = HoldId{hold};
        }
        read.room_name = room_name;
        read.time_zone = time_zone;
        read.booker_name = booker_name;
        read.association_name = association_name;
        return read;
    }
};

/// `numbers` are bound after the town.
std::vector<Wait> waits_where(store::Session& session, TownId town, const std::string& ahead,
                              const std::string& tail, const std::vector<std::int64_t>& numbers) {
    const std::int64_t town_id = raw(town);
    WaitColumns columns;
    soci::statement statement(session.sql());
    columns.bind(statement);
    statement.exchange(use(town_id));
    for (const std::int64_t& number : numbers) {
        statement.exchange(use(number));
    }
    statement.alloc();
    statement.prepare(kSelect + ahead + kRest + tail);
    statement.define_and_bind();
    statement.execute();
    std::vector<Wait> waits;
    std::vector<std::size_t> equipped;
    while (statement.fetch()) {
        if (columns.orders > 0) {
            equipped.push_back(waits.size());
        }
        waits.push_back(columns.wait());
    }
    for (const std::size_t at : equipped) {
        waits[at].claim.equipment = orders_of(session, town, waits[at].id);
    }
    return waits;
}

}  // namespace

WaitId insert_wait(store::Session& session, TownId town, const Wait& wait) {
    const Claim& claim = wait.claim;
    const std::int64_t town_id = raw(town);
    const std::int64_t room = raw(claim.room);
    const std::int64_t association = raw(claim.association.value_or(AssociationId{}));
    const std::int64_t booker = raw(claim.booker);
    const std::int64_t requester = raw(claim.requested_by);
    const std::int64_t start = unix_seconds(claim.slot.at.start);
    const std::int64_t end = unix_seconds(claim.slot.at.end);
    const std::int64_t asked_at = unix_seconds(wait.asked_at);
    const std::int64_t in_round = wait.in_round ? 1 : 0;
    std::int64_t id = 0;
    session.sql() << "INSERT INTO waits (town_id, room_id, association_id, booker_id,"
                     " requested_by_id, local_start, local_end, start_at, end_at, attendees,"
                     " purpose, layout, asked_at, in_round) VALUES (:town, :room,"
                     " NULLIF(CAST(:association AS BIGINT), 0), :booker, :requester, :lstart,"
                     " :lend, :start, :end, :attendees, :purpose, :layout, :asked, :round)"
                     " RETURNING id",
        use(town_id), use(room), use(association), use(booker), use(requester),
        use(claim.slot.local_start), use(claim.slot.local_end), use(start), use(end),
        use(claim.attendees), use(claim.purpose), use(claim.layout), use(asked_at), use(in_round),
        into(id);
    if (!claim.equipment.empty()) {
        set_orders(session, town, WaitId{id}, claim.equipment);
    }
    return WaitId{id};
}

bool end_wait(store::Session& session, TownId town, WaitId wait, const WaitStep& step) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(wait);
    const std::string from(word_of(step.from));
    const std::string to(word_of(step.to));
    soci::statement statement =
        (session.sql().prepare << "UPDATE waits SET status = :to"
                                  " WHERE town_id = :town AND id = :id AND status = :from",
         use(to), use(town_id), use(id), use(from));
    statement.execute(true);
    return statement.get_affected_rows() == 1;
}

std::optional<Wait> select_wait(store::Session& session, TownId town, WaitId wait) {
    auto found = waits_where(session, town, kAhead, " AND w.id = :id", {raw(wait)});
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::vector<Wait> select_waits(store::Session& session, TownId town, const WaitQuery& query) {
    std::string tail = " AND w.status IN ('waiting', 'offered') AND w.start_at > :now";
    std::vector<std::int64_t> numbers{unix_seconds(query.now)};
    if (query.reach) {
        tail += within(*query.reach, "w", numbers);
    }
    if (query.room) {
        tail += " AND w.room_id = :room";
        numbers.push_back(raw(*query.room));
    }
    if (query.after) {
        tail += " AND w.id > :after";
        numbers.push_back(raw(*query.after));
    }
    numbers.push_back(query.limit);
    return waits_where(session, town, kAhead, tail + " ORDER BY w.id LIMIT :limit", numbers);
}

std::vector<Wait> select_line(store::Session& session, TownId town, RoomId room,
                              const Interval& freed, std::chrono::sys_seconds now) {
    const auto earliest = freed.start - kLongestBooking - std::chrono::days(2);
    // Buffers of rooms may overlap one another, so that one of them reaches from slot to slot; what
    // is taken for one may not be taken for the other, so that both do.
    return waits_where(
        session, town, kNotCounted,
        " AND w.status = 'waiting' AND w.start_at > :now AND w.start_at > :earliest"
        " AND w.start_at < :last AND w.end_at > :first"
        " AND ((w.start_at < :to AND w.end_at > :from AND EXISTS (SELECT 1 FROM room_spaces k"
        " JOIN room_spaces o ON o.space_id = k.space_id"
        " WHERE k.room_id = w.room_id AND o.room_id = :room))"
        " OR EXISTS (SELECT 1 FROM wait_equipment q JOIN equipment e ON e.id = q.equipment_id"
        " JOIN rooms f ON f.id = :freed WHERE q.wait_id = w.id"
        " AND (e.site_id IS NULL OR e.site_id = f.site_id))) ORDER BY w.id",
        {unix_seconds(now), unix_seconds(earliest), unix_seconds(freed.end + 2 * kLongestBuffer),
         unix_seconds(freed.start - 2 * kLongestBuffer), unix_seconds(freed.end + kLongestBuffer),
         unix_seconds(freed.start - kLongestBuffer), raw(room), raw(room)});
}

std::vector<Wait> select_lines(store::Session& session, TownId town, std::chrono::sys_seconds now) {
    return waits_where(session, town, kNotCounted,
                       " AND w.status = 'waiting' AND w.start_at > :now ORDER BY w.id",
                       {unix_seconds(now)});
}

std::vector<Wait> select_free_lines(store::Session& session, TownId town, const LinePage& page) {
    const std::int64_t now = unix_seconds(page.now);
    // The nearest occupancy before its end is the only one that can meet it.
    return waits_where(
        session, town, kNotCounted,
        " AND w.status = 'waiting' AND w.id > :after AND w.start_at > :now"
        " AND NOT EXISTS (SELECT 1 FROM room_spaces k WHERE k.room_id = w.room_id"
        " AND COALESCE((SELECT o.end_at FROM occupancies o WHERE o.town_id = w.town_id"
        " AND o.space_id = k.space_id AND o.start_at < w.end_at"
        " AND (o.expires_at IS NULL OR o.expires_at > :expired)"
        " ORDER BY o.start_at DESC LIMIT 1), 0) > w.start_at) ORDER BY w.id LIMIT :limit",
        {raw(page.after), now, now, page.limit});
}

int count_waits(store::Session& session, TownId town, PersonId booker,
                std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t booker_id = raw(booker);
    const std::int64_t from = unix_seconds(now);
    int waits = 0;
    session.sql() << "SELECT COUNT(*) FROM (SELECT 1 FROM waits WHERE town_id = :town"
                     " AND booker_id = :booker AND status = 'waiting' AND in_round = 0"
                     " AND start_at > :now"
                     " LIMIT :most) lines",
        use(town_id), use(booker_id), use(from), use(kMostWaits), into(waits);
    return waits;
}

bool waits_already(store::Session& session, TownId town, const Claim& claim) {
    const std::int64_t town_id = raw(town);
    const std::int64_t room = raw(claim.room);
    const std::int64_t start = unix_seconds(claim.slot.at.start);
    const std::int64_t end = unix_seconds(claim.slot.at.end);
    const std::int64_t booker = raw(claim.booker);
    const std::int64_t association = raw(claim.association.value_or(AssociationId{}));
    std::int64_t id = 0;
    session.sql() << "SELECT id FROM waits WHERE town_id = :town AND room_id = :room"
                     " AND start_at = :start AND end_at = :end"
                     " AND status IN ('waiting', 'offered')"
                     " AND COALESCE(association_id, 0) = :association"
                     " AND (association_id IS NOT NULL OR booker_id = :booker) LIMIT 1",
        use(town_id), use(room), use(start), use(end), use(association), use(booker), into(id);
    return session.sql().got_data();
}

std::chrono::minutes offer_patience(store::Session& session, TownId town) {
    const std::int64_t town_id = raw(town);
    std::int64_t minutes = 0;
    session.sql() << "SELECT offer_stands_min FROM towns WHERE id = :town", use(town_id),
        into(minutes);
    return std::chrono::minutes(minutes);
}

}  // namespace creneau::booking
