#include "api/access/events/event_seal_store.hpp"

#include "api/access/access_types.hpp"
#include "api/access/badge_types.hpp"
#include "api/access/events/event_seal_rules.hpp"
#include "api/people/ids.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::access {

namespace {

using soci::into;
using soci::use;
using store::instant;
using store::raw;
using store::unix_seconds;

/// The run of "12:8f3…".
std::int64_t run_of(const std::string& ground) {
    std::int64_t run = 0;
    std::from_chars(ground.data(), ground.data() + ground.size(), run);
    return run;
}

std::chrono::sys_days day_of(std::int64_t number) {
    return std::chrono::year_month_day{
        std::chrono::year{static_cast<int>(number / 10000)},
        std::chrono::month{static_cast<unsigned>(number / 100 % 100)},
        std::chrono::day{static_cast<unsigned>(number % 100)}};
}

/// Ids and numbers of ours are positive: 0 stands for NULL.
struct RowColumns {
    static constexpr auto kNames =
        "SELECT seal, journal_id, sequence, kind, reason, clock, COALESCE(door_id, 0), reader,"
        " COALESCE(pass_number, 0), COALESCE(badge_id, 0), COALESCE(association_id, 0), count,"
        " occurred_at, received_at, kept_since, shown_salt, shown_mark FROM access_events"
        " WHERE town_id = :town AND seal BETWEEN :from AND :to"
        " ORDER BY seal, journal_id, sequence";

    LoggedRow row;
    std::int64_t pass = 0, badge = 0, association = 0, occurred = 0, received = 0, kept = 0;

    void bind(soci::statement& statement) {
        for (std::int64_t* const number : {&row.seal, &row.journal, &row.event.sequence}) {
            statement.exchange(into(*number));
        }
        for (std::string* const word : {&row.event.kind, &row.event.reason, &row.event.clock}) {
            statement.exchange(into(*word));
        }
        statement.exchange(into(row.door));
        statement.exchange(into(row.event.reader));
        for (std::int64_t* const number :
             {&pass, &badge, &association, &row.event.count, &occurred, &received, &kept}) {
            statement.exchange(into(*number));
        }
        statement.exchange(into(row.shown_salt));
        statement.exchange(into(row.shown_mark));
    }

    const LoggedRow& read() {
        row.shown = {};
        if (pass != 0) {
            row.shown.pass_number = pass;
        }
        if (badge != 0) {
            row.shown.badge = BadgeId{badge};
        }
        if (association != 0) {
            row.shown.association = people::AssociationId{association};
        }
        row.event.occurred_at = instant(occurred);
        row.received_at = instant(received);
        row.kept_since = instant(kept);
        return row;
    }
};

}  // namespace

std::vector<EventSeal> select_event_seals(store::Session& session, TownId town) {
    const std::int64_t town_id = raw(town);
    const std::string action = kLogSealed;
    std::int64_t day = 0;
    std::string ground;
    soci::statement statement =
        (session.sql().prepare << "SELECT subject_id, ground FROM audit WHERE town_id = :town"
                                  " AND log = 'security' AND action = :action ORDER BY id",
         use(town_id), use(action), into(day), into(ground));
    statement.execute();
    std::vector<EventSeal> seals;
    while (statement.fetch()) {
        const auto colon = ground.find(':');
        seals.push_back({{run_of(ground), day_of(day)},
                         colon == std::string::npos ? "" : ground.substr(colon + 1)});
    }
    return seals;
}

std::int64_t select_last_run(store::Session& session, TownId town) {
    const std::int64_t town_id = raw(town);
    const std::string action = kLogSealed;
    std::string ground;
    session.sql() << "SELECT ground FROM audit WHERE town_id = :town AND log = 'security'"
                     " AND action = :action ORDER BY id DESC LIMIT 1",
        use(town_id), use(action), into(ground);
    return session.sql().got_data() ? run_of(ground) : 0;
}

bool has_unsealed(store::Session& session, TownId town, std::chrono::sys_seconds until) {
    const std::int64_t town_id = raw(town);
    const std::int64_t before = unix_seconds(until);
    std::int64_t id = 0;
    session.sql() << "SELECT id FROM access_events WHERE town_id = :town AND seal IS NULL"
                     " AND received_at < :before LIMIT 1",
        use(town_id), use(before), into(id);
    return session.sql().got_data();
}

std::int64_t put_into_run(store::Session& session, TownId town, std::int64_t run,
                          std::chrono::sys_seconds until, std::int64_t most) {
    const std::int64_t town_id = raw(town);
    const std::int64_t before = unix_seconds(until);
    soci::statement statement =
        (session.sql().prepare << "UPDATE access_events SET seal = :run WHERE town_id = :town"
                                  " AND id IN (SELECT id FROM access_events WHERE town_id = :same"
                                  " AND seal IS NULL AND received_at < :before"
                                  " ORDER BY received_at, id LIMIT :most)",
         use(run), use(town_id), use(town_id), use(before), use(most));
    statement.execute(true);
    return statement.get_affected_rows();
}

std::map<SealedDay, std::string> digest_rows(store::Session& session, TownId town,
                                             std::optional<std::int64_t> run) {
    const std::int64_t town_id = raw(town);
    const std::int64_t from = run.value_or(1);
    const std::int64_t to = run.value_or(std::numeric_limits<std::int64_t>::max());
    RowColumns columns;
    soci::statement statement(session.sql());
    columns.bind(statement);
    statement.exchange(use(town_id));
    statement.exchange(use(from));
    statement.exchange(use(to));
    statement.alloc();
    statement.prepare(RowColumns::kNames);
    statement.define_and_bind();
    statement.execute();
    EventDigests digests;
    while (statement.fetch()) {
        digests.add(columns.read());
    }
    return digests.digests();
}

UnsealedRows count_unsealed(store::Session& session, TownId town) {
    const std::int64_t town_id = raw(town);
    UnsealedRows rows;
    session.sql() << "SELECT COALESCE(SUM(CASE WHEN seal IS NULL THEN 1 ELSE 0 END), 0),"
                     " COALESCE(SUM(CASE WHEN seal = 0 THEN 1 ELSE 0 END), 0) FROM access_events"
                     " WHERE town_id = :town AND (seal IS NULL OR seal = 0)",
        use(town_id), into(rows.waiting), into(rows.older);
    return rows;
}

std::int64_t select_shortest_period(store::Session& session, TownId town, std::int64_t usual) {
    const std::int64_t town_id = raw(town);
    std::int64_t months = usual;
    session.sql() << "SELECT COALESCE(MIN(x.months), :usual) FROM (SELECT months FROM retention"
                     " WHERE town_id = :town AND kind = 'access_events' UNION ALL"
                     " SELECT subject_id AS months FROM audit WHERE town_id = :same"
                     " AND log = 'security' AND action = 'retention_set'"
                     " AND subject_kind = 'access_events') x",
        use(usual), use(town_id), use(town_id), into(months);
    return std::min(months, usual);
}

}  // namespace creneau::access
