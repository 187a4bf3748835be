#include "api/booking/rounds/round_store.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/store/column.hpp"
#include "api/store/insert_row.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::booking {

namespace {

using soci::into;
using soci::use;
using store::raw;

LocalDate date_in(const std::string& text) {
    return store::present(parse_date(text), "date of a round");
}

/// The columns of a round, written and read under the same names.
struct RoundColumns {
    std::int64_t id = 0, skip_holidays = 0, skip_school = 0, version = 0, points = 0,
                 is_optimal = 0, created_at = 0, created_by = 0;
    std::string name, status, wishes_from, wishes_until, season_first, season_last;

    RoundColumns() = default;

    explicit RoundColumns(const Round& round)
        : skip_holidays(round.skip_holidays ? 1 : 0),
          skip_school(round.skip_school_holidays ? 1 : 0),
          points(round.points),
          is_optimal(round.is_optimal ? 1 : 0),
          created_at(round.created_at.time_since_epoch().count()),
          created_by(raw(round.created_by)),
          name(round.name),
          status(word_of(round.status)),
          wishes_from(text_of(round.wishes_from)),
          wishes_until(text_of(round.wishes_until)),
          season_first(text_of(round.season_first)),
          season_last(text_of(round.season_last)) {}

    Round round() const {
        Round read;
        read.id = RoundId{id};
        read.name = name;
        read.status = store::present(round_status_of(status), "status of a round");
        read.wishes_from = date_in(wishes_from);
        read.wishes_until = date_in(wishes_until);
        read.season_first = date_in(season_first);
        read.season_last = date_in(season_last);
        read.skip_holidays = skip_holidays != 0;
        read.skip_school_holidays = skip_school != 0;
        read.version = version;
        read.points = points;
        read.is_optimal = is_optimal != 0;
        read.created_at = std::chrono::sys_seconds(std::chrono::seconds(created_at));
        read.created_by = PersonId{created_by};
        return read;
    }
};

void insert_criteria(store::Session& session, TownId town, RoundId round,
                     const std::vector<Criterion>& criteria) {
    const std::int64_t town_id = raw(town);
    const std::int64_t round_id = raw(round);
    std::int64_t position = 0;
    for (const Criterion& criterion : criteria) {
        const std::string kind(word_of(criterion.kind));
        const std::int64_t group = criterion.group.value_or(0);
        session.sql() << "INSERT INTO round_criteria (town_id, round_id, position, kind, wording,"
                         " weight, group_id) VALUES (:town, :round, :position, :kind, :wording,"
                         " :weight, NULLIF(CAST(:group AS BIGINT), 0))",
            use(town_id), use(round_id), use(position), use(kind), use(criterion.text),
            use(criterion.weight), use(group);
        ++position;
    }
}

std::vector<Criterion> criteria_of(store::Session& session, TownId town, RoundId round) {
    const std::int64_t town_id = raw(town);
    const std::int64_t round_id = raw(round);
    std::string kind;
    std::int64_t weight = 0;
    std::int64_t group = 0;
    Criterion one;
    soci::statement statement =
        (session.sql().prepare << "SELECT kind, wording, weight, COALESCE(group_id, 0)"
                                  " FROM round_criteria WHERE town_id = :town AND round_id = :round"
                                  " ORDER BY position",
         use(town_id), use(round_id), into(kind), into(one.text), into(weight), into(group));
    statement.execute();
    std::vector<Criterion> criteria;
    while (statement.fetch()) {
        one.kind = store::present(criterion_kind_of(kind), "kind of a criterion");
        one.weight = static_cast<int>(weight);
        one.group = group == 0 ? std::nullopt : std::optional(group);
        criteria.push_back(one);
    }
    return criteria;
}

std::vector<Round> rounds_where(store::Session& session, TownId town, const std::string& tail,
                                const std::vector<std::int64_t>& numbers) {
    RoundColumns row;
    soci::statement statement(session.sql());
    for (auto* column : {&row.id, &row.skip_holidays, &row.skip_school, &row.version, &row.points,
                         &row.is_optimal, &row.created_at, &row.created_by}) {
        statement.exchange(into(*column));
    }
    for (auto* column : {&row.name, &row.status, &row.wishes_from, &row.wishes_until,
                         &row.season_first, &row.season_last}) {
        statement.exchange(into(*column));
    }
    for (const std::int64_t& number : numbers) {
        statement.exchange(use(number));
    }
    statement.alloc();
    statement.prepare(
        "SELECT id, skip_holidays, skip_school_holidays, version, points, is_optimal, created_at,"
        " created_by_id, name, status, wishes_from, wishes_until, season_first, season_last"
        " FROM rounds"
        " WHERE town_id = :town" +
        tail);
    statement.define_and_bind();
    statement.execute();
    std::vector<Round> rounds;
    while (statement.fetch()) {
        rounds.push_back(row.round());
    }
    for (Round& round : rounds) {
        round.criteria = criteria_of(session, town, round.id);
    }
    return rounds;
}

}  // namespace

RoundId insert_round(store::Session& session, TownId town, const Round& round) {
    const std::int64_t town_id = raw(town);
    const RoundColumns row(round);
    const RoundId id{store::insert_row(
        session,
        "INSERT INTO rounds (town_id, name, status, wishes_from, wishes_until, season_first,"
        " season_last, skip_holidays, skip_school_holidays, created_at, created_by_id) VALUES"
        " (:town, :name, :status, :wfrom, :wuntil, :sfirst, :slast, :skip, :school, :created,"
        " :by)",
        use(town_id), use(row.name), use(row.status), use(row.wishes_from), use(row.wishes_until),
        use(row.season_first), use(row.season_last), use(row.skip_holidays), use(row.skip_school),
        use(row.created_at), use(row.created_by))};
    insert_criteria(session, town, id, round.criteria);
    return id;
}

bool update_round(store::Session& session, TownId town, const Round& before, const Round& after) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(before.id);
    const std::string expected(word_of(before.status));
    const RoundColumns row(after);
    soci::statement statement =
        (session.sql().prepare
             << "UPDATE rounds SET name = :name, status = :status, wishes_from = :wfrom,"
                " wishes_until = :wuntil, season_first = :sfirst, season_last = :slast,"
                " skip_holidays = :skip, skip_school_holidays = :school, points = :points,"
                " is_optimal = :optimal,"
                " version = version + 1 WHERE town_id = :town AND id = :id AND version = :version"
                " AND status = :expected",
         use(row.name), use(row.status), use(row.wishes_from), use(row.wishes_until),
         use(row.season_first), use(row.season_last), use(row.skip_holidays), use(row.skip_school),
         use(row.points), use(row.is_optimal), use(town_id), use(id), use(before.version),
         use(expected));
    statement.execute(true);
    if (statement.get_affected_rows() != 1) {
        return false;
    }
    if (before.criteria != after.criteria) {
        session.sql() << "DELETE FROM round_criteria WHERE town_id = :town AND round_id = :round",
            use(town_id), use(id);
        insert_criteria(session, town, before.id, after.criteria);
    }
    return true;
}

void touch_round(store::Session& session, TownId town, RoundId round) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(round);
    session.sql() << "UPDATE rounds SET version = version + 1, status = CASE status"
                     " WHEN 'proposed' THEN 'closed' ELSE status END"
                     " WHERE town_id = :town AND id = :id AND status <> 'published'",
        use(town_id), use(id);
}

std::vector<RoundId> touch_rounds_without(store::Session& session, TownId town, DaysOff days) {
    const std::int64_t town_id = raw(town);
    const std::string skipping =
        days == DaysOff::school ? " AND skip_school_holidays = 1" : " AND skip_holidays = 1";
    std::int64_t id = 0;
    soci::statement statement =
        (session.sql().prepare << "SELECT id FROM rounds WHERE town_id = :town"
                                  " AND status = 'proposed'" +
                                      skipping + " ORDER BY id",
         use(town_id), into(id));
    statement.execute();
    std::vector<RoundId> proposed;
    while (statement.fetch()) {
        proposed.push_back(RoundId{id});
    }
    session.sql() << "UPDATE rounds SET version = version + 1, status = 'closed'"
                     " WHERE town_id = :town AND status IN ('closed', 'proposed')" +
                         skipping,
        use(town_id);
    return proposed;
}

std::optional<Round> select_round(store::Session& session, TownId town, RoundId round) {
    const auto found = rounds_where(session, town, " AND id = :id", {raw(town), raw(round)});
    return found.empty() ? std::nullopt : std::optional(found.front());
}

std::vector<Round> select_rounds(store::Session& session, TownId town, const RoundQuery& query) {
    const std::int64_t before =
        query.before ? raw(*query.before) : std::numeric_limits<std::int64_t>::max();
    const std::string drafts = query.drafts ? "" : " AND status <> 'draft'";
    return rounds_where(session, town, drafts + " AND id < :before ORDER BY id DESC LIMIT :limit",
                        {raw(town), before, query.limit});
}

bool has_group(store::Session& session, TownId town, std::int64_t group) {
    const std::int64_t town_id = raw(town);
    std::int64_t id = 0;
    session.sql() << "SELECT id FROM booker_groups WHERE town_id = :town AND id = :id",
        use(town_id), use(group), into(id);
    return session.sql().got_data();
}

}  // namespace creneau::booking
