#include "api/booking/room_rules_store.hpp"

#include "api/booking/booking_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/buffer_rules.hpp"
#include "api/booking/papers/paper_store.hpp"
#include "api/booking/quota_rules.hpp"
#include "api/booking/room_rules.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/store/column.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::booking {

namespace {

using soci::into;
using soci::use;
using std::chrono::minutes;
using store::instant;
using store::raw;
using store::unix_seconds;

/// Runs a query with its numbers and calls `row` after each row has landed in `columns`.
template <class Row, class... Columns>
void each_row(store::Session& session, const std::string& query,
              const std::vector<std::int64_t>& numbers, Row row, Columns&... columns) {
    soci::statement statement(session.sql());
    (statement.exchange(into(columns)), ...);
    for (const std::int64_t& number : numbers) {
        statement.exchange(use(number));
    }
    statement.alloc();
    statement.prepare(query);
    statement.define_and_bind();
    statement.execute();
    while (statement.fetch()) {
        row();
    }
}

std::chrono::local_days date_in(const std::string& text) {
    return std::chrono::local_days(store::present(parse_date(text), "date of an exception"));
}

struct RuleColumns {
    std::int64_t associations = 1, staff = 0, create_least = 0, create_most = 0, change_least = 0,
                 change_most = 0, cancel_least = 0, shortest = 0, longest = 0, grid = 0, setup = 0,
                 teardown = 0, residents = 0, release = 0;

    void write_to(RoomRules& rules) const {
        rules.associations_may_book = associations == 1;
        rules.staff_may_book = staff == 1;
        rules.create = {minutes(create_least), minutes(create_most)};
        rules.change = {minutes(change_least), minutes(change_most)};
        rules.cancel_least = minutes(cancel_least);
        rules.shortest = minutes(shortest);
        rules.longest = minutes(longest);
        rules.grid = minutes(grid);
        rules.setup = minutes(setup);
        rules.teardown = minutes(teardown);
        rules.residents_until = std::chrono::days(residents);
        if (release > 0) {
            rules.release_after = minutes(release);
        }
    }
};

/// False when the room has no rules, hence none of their lists.
bool load_numbers(store::Session& session, const std::vector<std::int64_t>& key, RoomRules& rules) {
    RuleColumns columns;
    bool found = false;
    each_row(
        session,
        "SELECT associations_may_book, staff_may_book, create_least_min, create_most_min,"
        " change_least_min, change_most_min, cancel_least_min, length_least_min, length_most_min,"
        " grid_min, setup_min, teardown_min, residents_until_days,"
        " COALESCE(release_min, 0) FROM room_rules"
        " WHERE town_id = :town AND room_id = :room",
        key,
        [&] {
            columns.write_to(rules);
            found = true;
        },
        columns.associations, columns.staff, columns.create_least, columns.create_most,
        columns.change_least, columns.change_most, columns.cancel_least, columns.shortest,
        columns.longest, columns.grid, columns.setup, columns.teardown, columns.residents,
        columns.release);
    return found;
}

void load_opening(store::Session& session, const std::vector<std::int64_t>& key,
                  OpeningHours& opening) {
    std::int64_t weekday = 0;
    std::int64_t from = 0;
    std::int64_t until = 0;
    each_row(
        session,
        "SELECT weekday, from_min, until_min FROM opening_hours"
        " WHERE town_id = :town AND room_id = :room ORDER BY weekday, from_min",
        key,
        [&] {
            opening.week.at(static_cast<std::size_t>(weekday - 1))
                .push_back({minutes(from), minutes(until)});
        },
        weekday, from, until);
    std::string date;
    each_row(
        session,
        "SELECT on_date, from_min, until_min FROM opening_exceptions"
        " WHERE town_id = :town AND room_id = :room ORDER BY on_date, from_min",
        key,
        [&] {
            auto& hours = opening.exceptions[date_in(date)];
            if (until > 0) {
                hours.push_back({minutes(from), minutes(until)});
            }
        },
        date, from, until);
}

void load_lists(store::Session& session, const std::vector<std::int64_t>& key, RoomRules& rules) {
    Layout layout;
    each_row(
        session,
        "SELECT key, name, capacity FROM room_layouts"
        " WHERE town_id = :town AND room_id = :room ORDER BY key",
        key, [&] { rules.layouts.push_back(layout); }, layout.key, layout.name, layout.capacity);
    Group group;
    std::string kind;
    each_row(
        session,
        "SELECT g.id, g.name, r.kind FROM room_groups r JOIN booker_groups g ON g.id = r.group_id"
        " WHERE r.town_id = :town AND r.room_id = :room ORDER BY g.name, g.id",
        key, [&] { (kind == "residents" ? rules.residents : rules.groups).push_back(group); },
        group.id, group.name, kind);
}

minutes load_reach(store::Session& session, const std::vector<std::int64_t>& key) {
    std::int64_t setup = 0;
    std::int64_t teardown = 0;
    each_row(
        session,
        "SELECT COALESCE(MAX(r.setup_min), 0), COALESCE(MAX(r.teardown_min), 0)"
        " FROM room_spaces s JOIN room_spaces t ON t.space_id = s.space_id"
        " JOIN room_rules r ON r.room_id = t.room_id"
        " WHERE s.town_id = :town AND s.room_id = :room",
        key, [] {}, setup, teardown);
    return minutes(std::max(setup, teardown));
}

QuotaPeriod period_named(const std::string& word) {
    if (word == "day") {
        return QuotaPeriod::day;
    }
    if (word == "week") {
        return QuotaPeriod::week;
    }
    return word == "month" ? QuotaPeriod::month : QuotaPeriod::season;
}

QuotaHolder holder_named(const std::string& word) {
    if (word == "association") {
        return QuotaHolder::association;
    }
    return word == "individual" ? QuotaHolder::individual : QuotaHolder::each;
}

std::vector<Quota> load_quotas(store::Session& session, const std::vector<std::int64_t>& key) {
    Quota quota;
    std::string holder;
    std::string unit;
    std::string period;
    std::int64_t month = 1;
    std::int64_t day = 1;
    std::vector<Quota> quotas;
    each_row(
        session,
        "SELECT q.id, q.name, q.holder, q.unit, q.most, q.period, q.season_month, q.season_day"
        " FROM quotas q WHERE q.town_id = :town"
        " AND (EXISTS (SELECT 1 FROM quota_rooms r WHERE r.quota_id = q.id AND r.room_id = :room)"
        " OR NOT EXISTS (SELECT 1 FROM quota_rooms r WHERE r.quota_id = q.id)) ORDER BY q.key",
        key,
        [&] {
            quota.holder = holder_named(holder);
            quota.unit = unit == "hours" ? QuotaUnit::hours : QuotaUnit::bookings;
            quota.period = period_named(period);
            quota.season_from = std::chrono::month(static_cast<unsigned>(month)) /
                                std::chrono::day(static_cast<unsigned>(day));
            quotas.push_back(quota);
        },
        quota.id, quota.name, holder, unit, quota.most, period, month, day);
    return quotas;
}

}  // namespace

RoomRules load_rules(store::Session& session, TownId town, RoomId room) {
    const std::vector<std::int64_t> key{raw(town), raw(room)};
    RoomRules rules;
    if (load_numbers(session, key, rules)) {
        load_opening(session, key, rules.opening);
        load_lists(session, key, rules);
        rules.papers = required_papers(session, town, room);
    }
    rules.reach = load_reach(session, key);
    rules.quotas = load_quotas(session, key);
    return rules;
}

std::vector<std::int64_t> groups_of(store::Session& session, TownId town, const Owner& owner) {
    const std::string query = owner.association ? "SELECT group_id FROM association_groups"
                                                  " WHERE town_id = :town AND association_id = :id"
                                                : "SELECT group_id FROM person_groups"
                                                  " WHERE town_id = :town AND person_id = :id";
    const std::int64_t id = owner.association ? raw(*owner.association) : raw(owner.person);
    std::vector<std::int64_t> groups;
    std::int64_t group = 0;
    each_row(session, query, {raw(town), id}, [&] { groups.push_back(group); }, group);
    return groups;
}

std::vector<Neighbour> neighbours_of(store::Session& session, TownId town, RoomId room,
                                     const Interval& range, const Look& look) {
    const std::int64_t from = unix_seconds(range.start);
    const std::int64_t to = unix_seconds(range.end);
    std::int64_t start = 0;
    std::int64_t end = 0;
    std::int64_t setup = 0;
    std::int64_t teardown = 0;
    std::vector<Neighbour> neighbours;
    each_row(
        session,
        "SELECT o.start_at, o.end_at, COALESCE(r.setup_min, 0), COALESCE(r.teardown_min, 0)"
        " FROM room_spaces s JOIN occupancies o ON o.space_id = s.space_id"
        " AND o.start_at >= COALESCE((SELECT MAX(p.start_at) FROM occupancies p"
        "  WHERE p.space_id = s.space_id AND p.start_at < :before), :first) AND o.start_at < :to"
        " LEFT JOIN bookings b ON o.source_kind = 'booking' AND b.id = o.source_id"
        " LEFT JOIN holds h ON o.source_kind = 'hold' AND h.id = o.source_id"
        " LEFT JOIN room_rules r ON r.room_id = COALESCE(b.room_id, h.room_id)"
        " WHERE s.town_id = :town AND s.room_id = :room"
        " AND NOT (o.source_kind = 'booking' AND o.source_id = :own)"
        " AND (o.expires_at IS NULL OR o.expires_at > :now)",
        {from, from, to, raw(town), raw(room), raw(look.but_for), unix_seconds(look.now)},
        [&] {
            neighbours.push_back(
                {{instant(start), instant(end)}, {minutes(setup), minutes(teardown)}});
        },
        start, end, setup, teardown);
    return neighbours;
}

Held held_by(store::Session& session, TownId town, const HeldQuery& query) {
    const Owner& owner = query.owner;
    const std::string whose = owner.association
                                  ? "b.association_id = :owner"
                                  : "b.booker_id = :owner AND b.association_id IS NULL";
    const std::int64_t id = owner.association ? raw(*owner.association) : raw(owner.person);
    Held held;
    std::int64_t time = 0;
    each_row(
        session,
        "SELECT COUNT(*), CAST(COALESCE(SUM(b.end_at - b.start_at), 0) AS BIGINT) FROM bookings b"
        " WHERE " +
            whose +
            " AND b.town_id = :town AND b.start_at >= :from AND b.start_at < :to"
            " AND b.status IN ('pending', 'approved') AND b.id <> :own"
            " AND (EXISTS (SELECT 1 FROM quota_rooms r WHERE r.quota_id = :quota"
            " AND r.room_id = b.room_id)"
            " OR NOT EXISTS (SELECT 1 FROM quota_rooms r WHERE r.quota_id = :quota_too))",
        {id, raw(town), unix_seconds(query.period.start), unix_seconds(query.period.end),
         raw(query.but_for), query.quota, query.quota},
        [&] { held.time = std::chrono::seconds(time); }, held.bookings, time);
    return held;
}

bool counts_room(store::Session& session, TownId town, std::int64_t quota, RoomId room) {
    std::int64_t id = 0;
    bool counts = false;
    each_row(
        session,
        "SELECT q.id FROM quotas q WHERE q.town_id = :town AND q.id = :quota"
        " AND (EXISTS (SELECT 1 FROM quota_rooms r WHERE r.quota_id = q.id AND r.room_id = :room)"
        " OR NOT EXISTS (SELECT 1 FROM quota_rooms r WHERE r.quota_id = q.id))",
        {raw(town), quota, raw(room)}, [&] { counts = true; }, id);
    return counts;
}

}  // namespace creneau::booking
