#include "api/booking/booking_store.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/equipment/equipment_store.hpp"
#include "api/booking/estate_store.hpp"
#include "api/store/column.hpp"
#include "api/store/db_error.hpp"
#include "api/store/insert_row.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <exception>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::booking {

namespace {

using soci::into;
using soci::use;
using store::Nullable;
using store::raw;
using store::RowInsert;
using store::unix_seconds;

/// The inserts that every booking needs, kept prepared: their values are the members.
struct BookingInsert {
    std::int64_t town = 0, room = 0, booker = 0, requester = 0, start = 0, end = 0, requested = 0;
    std::string status, purpose, layout, kind, local_start, local_end, date, tz_version;
    int attendees = 0;
    Nullable association, decided_at, decided_by, series;
    soci::indicator has_date = soci::i_null;
    RowInsert insert;

    explicit BookingInsert(store::Session& session)
        : insert(session,
                 "INSERT INTO bookings (town_id, room_id, association_id, booker_id,"
                 " requested_by_id, status, local_start, local_end, start_at, end_at,"
                 " attendees, purpose, layout, kind, requested_at, decided_at, decided_by_id,"
                 " series_id, series_date, tz_version)"
                 " VALUES (:town, :room, :association, :booker, :requester, :status, :lstart,"
                 " :lend, :start, :end, :attendees, :purpose, :layout, :kind, :requested,"
                 " :decided, :decider, :series, :date, :tz)",
                 RowInsert::Id::wanted, use(town), use(room),
                 use(association.value, association.there), use(booker), use(requester),
                 use(status), use(local_start), use(local_end), use(start), use(end),
                 use(attendees), use(purpose), use(layout), use(kind), use(requested),
                 use(decided_at.value, decided_at.there), use(decided_by.value, decided_by.there),
                 use(series.value, series.there), use(date, has_date), use(tz_version)) {}

    BookingId run(store::Session& session, TownId of, const Booking& booking) {
        town = raw(of);
        room = raw(booking.room);
        association = Nullable::of(booking.association);
        booker = raw(booking.booker);
        requester = raw(booking.requested_by);
        status = word_of(booking.status);
        local_start = booking.slot.local_start;
        local_end = booking.slot.local_end;
        start = unix_seconds(booking.slot.at.start);
        end = unix_seconds(booking.slot.at.end);
        attendees = booking.attendees;
        purpose = booking.purpose;
        layout = booking.layout;
        kind = booking.kind;
        requested = unix_seconds(booking.requested_at);
        decided_at = Nullable::at(booking.decided_at);
        decided_by = Nullable::of(booking.decided_by);
        series = Nullable::of(booking.series);
        date = booking.series_date;
        has_date = booking.series ? soci::i_ok : soci::i_null;
        tz_version = booking.tz_version;
        return BookingId{insert.run(session)};
    }
};

struct OccupancyInsert {
    std::int64_t space = 0, start = 0, end = 0, town = 0, source = 0;
    RowInsert insert;

    explicit OccupancyInsert(store::Session& session)
        : insert(session,
                 "INSERT INTO occupancies (space_id, start_at, end_at, town_id, source_kind,"
                 " source_id) VALUES (:space, :start, :end, :town, 'booking', :source)",
                 RowInsert::Id::unwanted, use(space), use(start), use(end), use(town),
                 use(source)) {}
};

}  // namespace

BookingId insert_booking(store::Session& session, TownId town, const Booking& booking) {
    return session.kept<BookingInsert>().run(session, town, booking);
}

bool update_booking(store::Session& session, TownId town, const Booking& before,
                    const Booking& after) {
    const std::string status(word_of(after.status));
    const std::string expected_status(word_of(before.status));
    auto decided_at = Nullable::at(after.decided_at);
    auto decided_by = Nullable::of(after.decided_by);
    const std::int64_t room = raw(after.room);
    const std::int64_t start = unix_seconds(after.slot.at.start);
    const std::int64_t end = unix_seconds(after.slot.at.end);
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(before.id);
    soci::statement statement =
        (session.sql().prepare
             << "UPDATE bookings SET status = :status, room_id = :room, local_start = :lstart,"
                " local_end = :lend, start_at = :start, end_at = :end, ground = :ground,"
                " ground_text = :text, sequence = :sequence, decided_at = :decided,"
                " decided_by_id = :decider, layout = :layout, kind = :kind, attendees = :attendees,"
                " tz_version = :tz, purpose = :purpose"
                " WHERE town_id = :town AND id = :id AND status = :expected"
                " AND sequence = :expected_sequence",
         use(status), use(room), use(after.slot.local_start), use(after.slot.local_end), use(start),
         use(end), use(after.ground), use(after.ground_text), use(after.sequence),
         use(decided_at.value, decided_at.there), use(decided_by.value, decided_by.there),
         use(after.layout), use(after.kind), use(after.attendees), use(after.tz_version),
         use(after.purpose), use(town_id), use(id), use(expected_status), use(before.sequence));
    statement.execute(true);
    return statement.get_affected_rows() == 1;
}

bool insert_occupancies(store::Session& session, TownId town, const Booking& booking,
                        const Place& place, Orders orders) {
    if (place.room.id != booking.room) {
        throw std::logic_error("a booking may only take the spaces of its own room");
    }
    if (place.spaces.empty()) {
        throw store::StoreError("room " + std::to_string(raw(booking.room)) +
                                " is made of no space");
    }
    try {
        auto& row = session.kept<OccupancyInsert>();
        row.start = unix_seconds(booking.slot.at.start);
        row.end = unix_seconds(booking.slot.at.end);
        row.town = raw(town);
        row.source = raw(booking.id);
        // Space by space: SQLite guards an INSERT of many rows by a copy of what it changes.
        for (const SpaceId space : place.spaces) {
            row.space = raw(space);
            row.insert.run(session);
        }
    } catch (const std::exception& error) {
        if (store::fault_of(error) == store::DbFault::overlap) {
            return false;
        }
        throw;
    }
    if (orders == Orders::maybe) {
        take_equipment(session, town, booking.id,
                       {booking.slot.at.start - place.rules.setup,
                        booking.slot.at.end + place.rules.teardown});
    }
    return true;
}

void delete_occupancies(store::Session& session, TownId town, BookingId booking) {
    const std::int64_t booking_id = raw(booking);
    const std::int64_t town_id = raw(town);
    session.sql() << "DELETE FROM occupancies WHERE source_kind = 'booking'"
                     " AND source_id = :source AND town_id = :town",
        use(booking_id), use(town_id);
    give_equipment_back(session, town, booking);
}

bool is_taken(store::Session& session, TownId town, RoomId room, const Interval& interval,
              const Look& look) {
    const std::int64_t own = raw(look.but_for);
    const std::int64_t now = unix_seconds(look.now);
    const std::int64_t town_id = raw(town);
    const std::int64_t room_id = raw(room);
    const std::int64_t end = unix_seconds(interval.end);
    const std::int64_t start = unix_seconds(interval.start);
    std::int64_t taken = 0;
    session.sql() << "SELECT COUNT(*) FROM room_spaces r"
                     " WHERE r.town_id = :town AND r.room_id = :room AND"
                     " (SELECT o.end_at FROM occupancies o"
                     "  WHERE o.space_id = r.space_id AND o.start_at < :end"
                     "  AND NOT (o.source_kind = 'booking' AND o.source_id = :own)"
                     "  AND (o.expires_at IS NULL OR o.expires_at > :now)"
                     "  ORDER BY o.start_at DESC LIMIT 1) > :start",
        use(town_id), use(room_id), use(end), use(own), use(now), use(start), into(taken);
    return taken > 0;
}

std::string select_association_name(store::Session& session, TownId town,
                                    AssociationId association) {
    const std::int64_t town_id = raw(town);
    const std::int64_t association_id = raw(association);
    std::string name;
    session.sql() << "SELECT name FROM associations WHERE town_id = :town AND id = :id",
        use(town_id), use(association_id), into(name);
    return name;
}

}  // namespace creneau::booking
