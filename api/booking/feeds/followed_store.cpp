#include "api/booking/feeds/followed_store.hpp"

#include "api/booking/booking_rules.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/feeds/feed_types.hpp"
#include "api/mail/series_calendar_store.hpp"
#include "api/store/column.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

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
using store::unix_seconds;
using Numbers = std::vector<std::int64_t>;

constexpr auto kSelect =
    "SELECT b.id, b.room_id, COALESCE(b.association_id, 0), b.booker_id, b.start_at, b.end_at,"
    " b.sequence, COALESCE(b.series_id, 0), COALESCE((SELECT MAX(l.at) FROM audit l"
    " WHERE l.subject_kind = 'booking' AND l.subject_id = b.id), b.requested_at), b.status,"
    " b.local_start, b.local_end, b.purpose, COALESCE(a.name, ''), COALESCE(b.series_date, '')"
    " FROM bookings b LEFT JOIN associations a ON a.id = b.association_id"
    " WHERE b.town_id = :town";

/// What is refused or cancelled stays for a while, so that calendars drop it.
constexpr auto kNotLongGone =
    " AND (b.status IN ('pending', 'approved') OR EXISTS (SELECT 1 FROM audit g"
    " WHERE g.subject_kind = 'booking' AND g.subject_id = b.id AND g.at > :gone))";

// A booking lasts kLongestBooking at most: the second bound lets the indexes by start serve.
constexpr auto kNotOver = " AND b.end_at > :ended AND b.start_at > :began";

const char* scope_of(FeedKind kind) {
    switch (kind) {
        case FeedKind::room:
            return " AND b.room_id IN (SELECT s2.room_id FROM room_spaces s1 JOIN room_spaces s2"
                   " ON s2.space_id = s1.space_id WHERE s1.room_id = :subject)";
        case FeedKind::site:
            return " AND b.room_id IN (SELECT r.id FROM rooms r WHERE r.site_id = :subject)";
        case FeedKind::association:
            return " AND b.association_id = :subject";
        case FeedKind::person:
            return " AND ((b.booker_id = :subject AND b.association_id IS NULL) OR "
                   "b.association_id IN (SELECT m.association_id"
                   " FROM association_managers m WHERE m.person_id = :subject2))";
    }
    return "";
}

std::string scope_of(const Follow& follow) {
    std::string scope = scope_of(follow.kind);
    if (follow.of_kind_of) {
        scope += " AND b.kind = (SELECT f.booking_kind FROM feeds f WHERE f.id = :feed)";
    }
    return scope;
}

/// What scope_of() binds, after the town.
Numbers start_of(TownId town, const Follow& follow) {
    Numbers numbers{static_cast<std::int64_t>(town), follow.subject};
    if (follow.kind == FeedKind::person) {
        numbers.push_back(follow.subject);
    }
    if (follow.of_kind_of) {
        numbers.push_back(static_cast<std::int64_t>(*follow.of_kind_of));
    }
    return numbers;
}

void run(soci::statement& statement, const std::string& query, const Numbers& numbers) {
    for (const std::int64_t& number : numbers) {
        statement.exchange(use(number));
    }
    statement.alloc();
    statement.prepare(query);
    statement.define_and_bind();
    statement.execute();
}

std::vector<FollowedBooking> bookings_where(store::Session& session, const std::string& tail,
                                            const Numbers& numbers) {
    std::int64_t id = 0, room = 0, association = 0, booker = 0, start = 0, end = 0, sequence = 0,
                 series = 0, changed = 0;
    std::string status, association_name;
    Booking booking;
    soci::statement statement(session.sql());
    for (auto* column :
         {&id, &room, &association, &booker, &start, &end, &sequence, &series, &changed}) {
        statement.exchange(into(*column));
    }
    for (auto* column : {&status, &booking.slot.local_start, &booking.slot.local_end,
                         &booking.purpose, &association_name, &booking.series_date}) {
        statement.exchange(into(*column));
    }
    run(statement, kSelect + tail, numbers);
    std::vector<FollowedBooking> found;
    while (statement.fetch()) {
        booking.id = BookingId{id};
        booking.room = RoomId{room};
        booking.association =
            association == 0 ? std::nullopt : std::optional(AssociationId{association});
        booking.booker = PersonId{booker};
        booking.status = store::present(status_of(status), "status of a booking");
        booking.slot.at = {instant(start), instant(end)};
        booking.sequence = sequence;
        booking.series = series == 0 ? std::nullopt : std::optional(SeriesId{series});
        found.push_back({booking, association_name, instant(changed), false});
    }
    return found;
}

std::vector<std::int64_t> series_where(store::Session& session, const std::string& tail,
                                       const Numbers& numbers) {
    std::int64_t id = 0;
    std::vector<std::int64_t> ids;
    soci::statement statement(session.sql());
    statement.exchange(into(id));
    run(statement,
        "SELECT b.series_id FROM bookings b WHERE b.town_id = :town" + tail +
            " AND b.series_id IS NOT NULL GROUP BY b.series_id ORDER BY MIN(b.start_at),"
            " b.series_id LIMIT :most",
        numbers);
    while (statement.fetch()) {
        ids.push_back(id);
    }
    return ids;
}

FollowedSeries series_of(store::Session& session, TownId town, std::int64_t id) {
    const auto town_id = static_cast<std::int64_t>(town);
    FollowedSeries series;
    std::int64_t changed = 0;
    session.sql() << "SELECT s.start_time, s.end_time, s.end_day_offset, s.time_zone,"
                     " COALESCE((SELECT MAX(l.at) FROM audit l WHERE l.subject_kind = 'series'"
                     " AND l.subject_id = s.id), s.requested_at)"
                     " FROM series s WHERE s.town_id = :town AND s.id = :id",
        use(town_id), use(id), into(series.start_time), into(series.end_time),
        into(series.end_day_offset), into(series.time_zone), into(changed);
    series.id = SeriesId{id};
    series.sequence = mail::series_sequence(session, town_id, id);
    series.changed_at = instant(changed);
    return series;
}

}  // namespace

std::vector<FollowedBooking> select_followed(store::Session& session, TownId town,
                                             const Follow& follow) {
    Numbers numbers = start_of(town, follow);
    numbers.insert(numbers.end(),
                   {unix_seconds(follow.gone_after), unix_seconds(follow.ended_after),
                    unix_seconds(follow.ended_after - kLongestBooking), follow.most});
    return bookings_where(session,
                          scope_of(follow) + kNotLongGone + kNotOver +
                              " AND b.series_id IS NULL ORDER BY b.start_at, b.id LIMIT :most",
                          numbers);
}

std::vector<FollowedSeries> select_followed_series(store::Session& session, TownId town,
                                                   const Follow& follow) {
    const std::string scope = scope_of(follow) + kNotLongGone;
    Numbers numbers = start_of(town, follow);
    numbers.push_back(unix_seconds(follow.gone_after));
    Numbers of_one = numbers;
    numbers.insert(numbers.end(),
                   {unix_seconds(follow.ended_after),
                    unix_seconds(follow.ended_after - kLongestBooking), follow.most});
    std::vector<FollowedSeries> found;
    for (const std::int64_t id : series_where(session, scope + kNotOver, numbers)) {
        FollowedSeries series = series_of(session, town, id);
        of_one.push_back(id);
        series.occurrences = bookings_where(
            session, scope + " AND b.series_id = :series ORDER BY b.series_date", of_one);
        of_one.pop_back();
        found.push_back(std::move(series));
    }
    return found;
}

}  // namespace creneau::booking
