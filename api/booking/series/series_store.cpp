#include "api/booking/series/series_store.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/booking/series/recurrence.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/store/insert_row.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
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

template <class Id>
std::optional<Id> id_or_none(std::int64_t id) {
    return id == 0 ? std::nullopt : std::optional(Id{id});
}

std::vector<std::string_view> words_of(const std::vector<std::chrono::weekday>& days) {
    std::vector<std::string_view> words;
    words.reserve(days.size());
    for (const auto day : days) {
        words.push_back(word_of(day));
    }
    return words;
}

std::vector<std::chrono::weekday> weekdays_in(std::string_view words) {
    std::vector<std::chrono::weekday> days;
    while (!words.empty()) {
        const auto end = std::min(words.find(','), words.size());
        days.push_back(store::present(weekday_of(words.substr(0, end)), "weekday of a series"));
        words.remove_prefix(std::min(end + 1, words.size()));
    }
    return days;
}

std::string joined(const std::vector<std::string_view>& words) {
    std::string text;
    for (const auto word : words) {
        text += text.empty() ? "" : ",";
        text += word;
    }
    return text;
}

Skips skips_in(std::string_view words) {
    Skips skips;
    while (!words.empty()) {
        const auto end = std::min(words.find(','), words.size());
        if (!add_skip(skips, words.substr(0, end))) {
            throw std::logic_error("unknown calendar of a series");
        }
        words.remove_prefix(std::min(end + 1, words.size()));
    }
    return skips;
}

/// The columns of a series, written and read under the same names. Ids and counts of ours are
/// positive and dates are not empty: 0 and '' stand for NULL.
struct SeriesColumns {
    std::int64_t id = 0, room = 0, association = 0, booker = 0, requester = 0, every = 1, nth = 0,
                 occurrences = 0, offset = 0, attendees = 0, split_from = 0, sequence = 0,
                 requested_at = 0;
    std::string pattern, weekdays, first, until, start_time, end_time, time_zone, purpose, policy,
        ended_on, skips;

    SeriesColumns() = default;

    explicit SeriesColumns(const Series& series)
        : room(raw(series.room)),
          association(series.association ? raw(*series.association) : 0),
          booker(raw(series.booker)),
          requester(raw(series.requested_by)),
          occurrences(series.recurrence.count.value_or(0)),
          offset(series.end_day_offset),
          attendees(series.attendees),
          split_from(series.split_from ? raw(*series.split_from) : 0),
          sequence(series.sequence),
          requested_at(series.requested_at.time_since_epoch().count()),
          first(text_of(series.recurrence.first)),
          until(series.recurrence.until ? text_of(*series.recurrence.until) : std::string()),
          start_time(series.start_time),
          end_time(series.end_time),
          time_zone(series.time_zone),
          purpose(series.purpose),
          policy(word_of(series.conflicts)),
          ended_on(series.ended_on),
          skips(joined(words_of(series.skips))) {
        const PatternParts parts = parts_of(series.recurrence.pattern);
        pattern = parts.word;
        every = parts.interval;
        nth = parts.nth;
        weekdays = joined(words_of(parts.weekdays));
    }

    Recurrence recurrence() const {
        const PatternParts parts{pattern, static_cast<int>(every), weekdays_in(weekdays),
                                 static_cast<int>(nth)};
        Recurrence read{store::present(parse_date(first), "first date of a series"),
                        store::present(pattern_of(parts), "pattern of a series"),
                        {},
                        {}};
        if (!until.empty()) {
            read.until = store::present(parse_date(until), "last date of a series");
        }
        if (occurrences != 0) {
            read.count = static_cast<int>(occurrences);
        }
        return read;
    }

    Series series() const {
        Series read;
        read.id = SeriesId{id};
        read.room = RoomId{room};
        read.association = id_or_none<AssociationId>(association);
        read.booker = PersonId{booker};
        read.requested_by = PersonId{requester};
        read.recurrence = recurrence();
        read.skips = skips_in(skips);
        read.start_time = start_time;
        read.end_time = end_time;
        read.end_day_offset = static_cast<int>(offset);
        read.time_zone = time_zone;
        read.attendees = static_cast<int>(attendees);
        read.purpose = purpose;
        read.conflicts = store::present(policy_of(policy), "conflict policy of a series");
        read.split_from = id_or_none<SeriesId>(split_from);
        read.ended_on = ended_on;
        read.sequence = sequence;
        read.requested_at = std::chrono::sys_seconds(std::chrono::seconds(requested_at));
        return read;
    }
};

struct OccupantQuery {
    std::int64_t town = 0, room = 0, start = 0, end = 0;
};

}  // namespace

SeriesId insert_series(store::Session& session, TownId town, const Series& series) {
    const std::int64_t town_id = raw(town);
    SeriesColumns row(series);
    return SeriesId{store::insert_row(
        session,
        "INSERT INTO series (town_id, room_id, association_id, booker_id, requested_by_id,"
        " pattern, every, weekdays, nth, first_date, until_date, occurrences, start_time,"
        " end_time, end_day_offset, time_zone, attendees, purpose, conflict_policy,"
        " split_from_id, sequence, requested_at, skips) VALUES (:town, :room,"
        " NULLIF(CAST(:association AS BIGINT), 0), :booker, :requester, :pattern, :every,"
        " :weekdays, :nth, :first, NULLIF(CAST(:until AS TEXT), ''),"
        " NULLIF(CAST(:occurrences AS BIGINT), 0), :start, :end, :offset, :zone, :attendees,"
        " :purpose, :policy, NULLIF(CAST(:split AS BIGINT), 0), :sequence, :requested,"
        " :skips)",
        use(town_id), use(row.room), use(row.association), use(row.booker), use(row.requester),
        use(row.pattern), use(row.every), use(row.weekdays), use(row.nth), use(row.first),
        use(row.until), use(row.occurrences), use(row.start_time), use(row.end_time),
        use(row.offset), use(row.time_zone), use(row.attendees), use(row.purpose), use(row.policy),
        use(row.split_from), use(row.sequence), use(row.requested_at), use(row.skips))};
}

std::optional<Series> select_series(store::Session& session, TownId town, SeriesId series) {
    const std::int64_t town_id = raw(town);
    const std::int64_t series_id = raw(series);
    SeriesColumns row;
    session.sql()
        << "SELECT id, room_id, COALESCE(association_id, 0), booker_id, requested_by_id, pattern,"
           " every, weekdays, nth, first_date, COALESCE(until_date, ''), COALESCE(occurrences, 0),"
           " start_time, end_time, end_day_offset, time_zone, attendees, purpose,"
           " conflict_policy, COALESCE(split_from_id, 0), COALESCE(ended_on, ''), sequence,"
           " requested_at, skips FROM series WHERE town_id = :town AND id = :id",
        use(town_id), use(series_id), into(row.id), into(row.room), into(row.association),
        into(row.booker), into(row.requester), into(row.pattern), into(row.every),
        into(row.weekdays), into(row.nth), into(row.first), into(row.until), into(row.occurrences),
        into(row.start_time), into(row.end_time), into(row.offset), into(row.time_zone),
        into(row.attendees), into(row.purpose), into(row.policy), into(row.split_from),
        into(row.ended_on), into(row.sequence), into(row.requested_at), into(row.skips);
    return session.sql().got_data() ? std::optional(row.series()) : std::nullopt;
}

bool close_series(store::Session& session, TownId town, const Series& series,
                  const std::string& ended_on) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(series.id);
    soci::statement statement =
        (session.sql().prepare << "UPDATE series SET ended_on = :ended, sequence = sequence + 1"
                                  " WHERE town_id = :town AND id = :id AND sequence = :expected",
         use(ended_on), use(town_id), use(id), use(series.sequence));
    statement.execute(true);
    return statement.get_affected_rows() == 1;
}

bool update_series(store::Session& session, TownId town, const Series& after) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(after.id);
    const SeriesColumns row(after);
    const std::int64_t room = raw(after.room);
    soci::statement statement =
        (session.sql().prepare
             << "UPDATE series SET room_id = :room, start_time = :start, end_time = :end,"
                " end_day_offset = :offset, attendees = :attendees, purpose = :purpose,"
                " pattern = :pattern, every = :every, weekdays = :weekdays, nth = :nth,"
                " until_date = NULLIF(CAST(:until AS TEXT), ''),"
                " occurrences = NULLIF(CAST(:occurrences AS BIGINT), 0), sequence = sequence + 1"
                " WHERE town_id = :town AND id = :id AND sequence = :expected",
         use(room), use(after.start_time), use(after.end_time), use(after.end_day_offset),
         use(after.attendees), use(after.purpose), use(row.pattern), use(row.every),
         use(row.weekdays), use(row.nth), use(row.until), use(row.occurrences), use(town_id),
         use(id), use(after.sequence));
    statement.execute(true);
    return statement.get_affected_rows() == 1;
}

void hand_over_dates(store::Session& session, TownId town, const HandOver& dates) {
    const std::int64_t town_id = raw(town);
    const std::int64_t from = raw(dates.from);
    const std::int64_t to = raw(dates.to);
    const std::int64_t now = dates.now.time_since_epoch().count();
    session.sql() << "UPDATE bookings SET series_id = :to WHERE town_id = :town"
                     " AND series_id = :from AND series_date >= :date AND start_at > :now",
        use(to), use(town_id), use(from), use(dates.date), use(now);
    session.sql() << "UPDATE series_missed SET series_id = :to WHERE town_id = :town"
                     " AND series_id = :from AND series_date >= :date",
        use(to), use(town_id), use(from), use(dates.date);
}

void set_series_of(store::Session& session, TownId town, BookingId booking, SeriesId series) {
    const std::int64_t town_id = raw(town);
    const std::int64_t booking_id = raw(booking);
    const std::int64_t series_id = raw(series);
    session.sql() << "UPDATE bookings SET series_id = :series WHERE town_id = :town AND id = :id",
        use(series_id), use(town_id), use(booking_id);
}

void insert_missed(store::Session& session, TownId town, SeriesId series,
                   const MissedDate& missed) {
    const std::int64_t town_id = raw(town);
    const std::int64_t series_id = raw(series);
    std::int64_t position = 0;
    for (const MissedReason& reason : missed.reasons) {
        session.sql() << "INSERT INTO series_missed (town_id, series_id, series_date, position,"
                         " local_start, local_end, rule, field, detail_fr, detail_en) VALUES"
                         " (:town, :series, :date, :position, :lstart, :lend, :rule, :field, :fr,"
                         " :en)",
            use(town_id), use(series_id), use(missed.date), use(position), use(missed.local_start),
            use(missed.local_end), use(reason.rule), use(reason.field), use(reason.detail.fr),
            use(reason.detail.en);
        ++position;
    }
}

void delete_missed(store::Session& session, TownId town, SeriesId series, const std::string& date) {
    const std::int64_t town_id = raw(town);
    const std::int64_t series_id = raw(series);
    session.sql() << "DELETE FROM series_missed WHERE town_id = :town AND series_id = :series"
                     " AND series_date = :date",
        use(town_id), use(series_id), use(date);
}

std::vector<MissedDate> select_missed(store::Session& session, TownId town, SeriesId series) {
    const std::int64_t town_id = raw(town);
    const std::int64_t series_id = raw(series);
    MissedDate row;
    MissedReason reason;
    soci::statement statement =
        (session.sql().prepare << "SELECT series_date, local_start, local_end, rule, field,"
                                  " detail_fr, detail_en FROM series_missed WHERE town_id = :town"
                                  " AND series_id = :series ORDER BY series_date, position",
         use(town_id), use(series_id), into(row.date), into(row.local_start), into(row.local_end),
         into(reason.rule), into(reason.field), into(reason.detail.fr), into(reason.detail.en));
    statement.execute();
    std::vector<MissedDate> missed;
    while (statement.fetch()) {
        if (missed.empty() || missed.back().date != row.date) {
            missed.push_back(row);
        }
        missed.back().reasons.push_back(reason);
    }
    return missed;
}

std::optional<std::vector<BookingId>> select_displaceable(store::Session& session, TownId town,
                                                          RoomId room, const Interval& interval,
                                                          std::chrono::sys_seconds now) {
    const OccupantQuery query{raw(town), raw(room), interval.start.time_since_epoch().count(),
                              interval.end.time_since_epoch().count()};
    const std::int64_t present_time = now.time_since_epoch().count();
    std::string kind;
    std::int64_t source = 0;
    std::int64_t begins = 0;
    // As rows of a space never overlap, nothing before the last one begun by :start reaches it.
    soci::statement statement =
        (session.sql().prepare
             << "SELECT o.source_kind, o.source_id, o.start_at FROM room_spaces r"
                " JOIN occupancies o ON o.space_id = r.space_id WHERE r.town_id = :town"
                " AND r.room_id = :room AND o.start_at < :end AND o.end_at > :start"
                " AND (o.expires_at IS NULL OR o.expires_at > :now)"
                " AND o.start_at >= COALESCE((SELECT p.start_at FROM occupancies p"
                "  WHERE p.space_id = r.space_id AND p.start_at <= :from"
                "  ORDER BY p.start_at DESC LIMIT 1), 0) ORDER BY o.start_at, o.source_id",
         use(query.town), use(query.room), use(query.end), use(query.start), use(present_time),
         use(query.start), into(kind), into(source), into(begins));
    statement.execute();
    std::vector<BookingId> found;
    while (statement.fetch()) {
        if (kind != "booking" || begins <= present_time) {
            return std::nullopt;
        }
        // A booking has a row in each space of its room.
        if (std::ranges::find(found, BookingId{source}) == found.end()) {
            found.push_back(BookingId{source});
        }
    }
    return found;
}

}  // namespace creneau::booking
