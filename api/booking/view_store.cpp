#include "api/booking/view_store.hpp"

#include "api/booking/booking_rules.hpp"
#include "api/booking/booking_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/reach.hpp"
#include "api/store/column.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <limits>
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

// Ids and instants of ours are positive: 0 stands for NULL.
constexpr auto kSelect =
    "SELECT b.id, b.room_id, COALESCE(b.association_id, 0), b.booker_id, b.requested_by_id,"
    " b.start_at, b.end_at, b.attendees, b.sequence, b.requested_at, COALESCE(b.decided_at, 0),"
    " COALESCE(b.decided_by_id, 0), b.status, b.local_start, b.local_end, b.purpose, b.layout,"
    " b.ground, b.ground_text, r.name, s.time_zone, p.name, COALESCE(a.name, ''),"
    " COALESCE(b.series_id, 0), COALESCE(b.series_date, ''), b.tz_version, b.kind"
    " FROM bookings b JOIN rooms r ON r.id = b.room_id JOIN sites s ON s.id = r.site_id"
    " JOIN people p ON p.id = b.booker_id LEFT JOIN associations a ON a.id = b.association_id";

struct ViewColumns {
    std::int64_t id = 0, room = 0, association = 0, booker = 0, requester = 0, start = 0, end = 0,
                 attendees = 0, sequence = 0, requested_at = 0, decided_at = 0, decided_by = 0,
                 series = 0;
    std::string status, local_start, local_end, purpose, layout, ground, ground_text;
    std::string room_name, time_zone, booker_name, association_name, series_date, tz_version, kind;

    void bind(soci::statement& statement) {
        for (auto* column : {&id, &room, &association, &booker, &requester, &start, &end,
                             &attendees, &sequence, &requested_at, &decided_at, &decided_by}) {
            statement.exchange(into(*column));
        }
        for (auto* column :
             {&status, &local_start, &local_end, &purpose, &layout, &ground, &ground_text,
              &room_name, &time_zone, &booker_name, &association_name}) {
            statement.exchange(into(*column));
        }
        statement.exchange(into(series));
        statement.exchange(into(series_date));
        statement.exchange(into(tz_version));
        statement.exchange(into(kind));
    }

    Booking booking() const {
        Booking booking;
        booking.id = BookingId{id};
        booking.room = RoomId{room};
        if (association != 0) {
            booking.association = AssociationId{association};
        }
        booking.booker = PersonId{booker};
        booking.requested_by = PersonId{requester};
        booking.status = store::present(status_of(status), "status of a booking");
        booking.slot = {local_start, local_end, {instant(start), instant(end)}};
        booking.attendees = static_cast<int>(attendees);
        booking.purpose = purpose;
        booking.layout = layout;
        booking.kind = kind;
        booking.ground = ground;
        booking.ground_text = ground_text;
        booking.sequence = sequence;
        booking.requested_at = instant(requested_at);
        if (decided_at != 0) {
            booking.decided_at = instant(decided_at);
        }
        if (decided_by != 0) {
            booking.decided_by = PersonId{decided_by};
        }
        if (series != 0) {
            booking.series = SeriesId{series};
        }
        booking.series_date = series_date;
        booking.tz_version = tz_version;
        return booking;
    }

    BookingView view() const {
        return {booking(), room_name, time_zone, booker_name, association_name};
    }
};

std::vector<BookingView> views_where(store::Session& session, const std::string& tail,
                                     const std::vector<std::int64_t>& numbers) {
    ViewColumns columns;
    soci::statement statement(session.sql());
    columns.bind(statement);
    for (const std::int64_t& number : numbers) {
        statement.exchange(use(number));
    }
    statement.alloc();
    statement.prepare(kSelect + tail);
    statement.define_and_bind();
    statement.execute();
    std::vector<BookingView> views;
    while (statement.fetch()) {
        views.push_back(columns.view());
    }
    return views;
}

/// Where a scan of `range` begins: at the predecessor when it reaches into the range.
std::int64_t first_start(store::Session& session, SpaceId space, const Interval& range) {
    const std::int64_t from = unix_seconds(range.start);
    const std::int64_t space_id = raw(space);
    std::int64_t start = 0;
    std::int64_t end = 0;
    session.sql() << "SELECT start_at, end_at FROM occupancies"
                     " WHERE space_id = :space AND start_at < :from"
                     " ORDER BY start_at DESC LIMIT 1",
        use(space_id), use(from), into(start), into(end);
    return session.sql().got_data() && end > from ? start : from;
}

}  // namespace

std::optional<Booking> select_booking(store::Session& session, TownId town, BookingId booking) {
    auto view = select_view(session, town, booking);
    return view ? std::optional(std::move(view->booking)) : std::nullopt;
}

std::optional<BookingView> select_view(store::Session& session, TownId town, BookingId booking) {
    auto views =
        views_where(session, " WHERE b.town_id = :town AND b.id = :id", {raw(town), raw(booking)});
    return views.empty() ? std::nullopt : std::optional(std::move(views.front()));
}

std::vector<BookingView> select_views(store::Session& session, TownId town,
                                      const ViewQuery& query) {
    const std::int64_t before =
        query.before ? raw(*query.before) : std::numeric_limits<std::int64_t>::max();
    std::string tail = " WHERE b.town_id = :town AND b.id < :before";
    std::vector<std::int64_t> numbers{raw(town), before};
    if (query.status) {
        tail += " AND b.status = '" + std::string(word_of(*query.status)) + "'";
    }
    if (query.reach) {
        tail += within(*query.reach, "b", numbers);
    }
    if (query.but_of) {
        tail +=
            " AND b.booker_id <> :booker AND COALESCE(b.association_id, 0) NOT IN"
            " (SELECT m.association_id FROM association_managers m WHERE m.person_id = :manager)";
        numbers.insert(numbers.end(), {raw(*query.but_of), raw(*query.but_of)});
    }
    if (query.sites) {
        tail += " AND (r.site_id IN (" + listed(*query.sites) + ") OR b.room_id IN (" +
                listed(query.rooms) + "))";
    }
    tail += " ORDER BY b.id DESC LIMIT :limit";
    numbers.push_back(query.limit);
    return views_where(session, tail, numbers);
}

std::vector<BookingView> select_views_of(store::Session& session, TownId town, SeriesId series) {
    return views_where(session,
                       " WHERE b.town_id = :town AND b.series_id = :series ORDER BY b.series_date",
                       {raw(town), raw(series)});
}

std::vector<BookingView> select_views_met(store::Session& session, TownId town, SpaceId space,
                                          const Interval& range) {
    const auto earliest = range.start - kLongestBooking - std::chrono::days(1);  // of 25 hours
    return views_where(session,
                       " WHERE b.room_id IN (SELECT k.room_id FROM room_spaces k"
                       " WHERE k.space_id = :space) AND b.status IN ('pending', 'approved')"
                       " AND b.start_at > :earliest AND b.start_at < :to AND b.end_at > :from"
                       " AND b.town_id = :town ORDER BY b.start_at, b.id",
                       {raw(space), unix_seconds(earliest), unix_seconds(range.end),
                        unix_seconds(range.start), raw(town)});
}

std::vector<BookingView> select_views_on(store::Session& session, TownId town, SpaceId space,
                                         const Interval& range) {
    return views_where(
        session,
        " JOIN occupancies o ON o.source_kind = 'booking' AND o.source_id = b.id"
        " WHERE o.space_id = :space AND o.start_at >= :first AND o.start_at < :to"
        " AND b.town_id = :town ORDER BY o.start_at",
        {raw(space), first_start(session, space, range), unix_seconds(range.end), raw(town)});
}

}  // namespace creneau::booking
