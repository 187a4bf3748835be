#include "api/access/closed/closed_store.hpp"

#include "api/access/access_types.hpp"
#include "api/access/closed/closed_types.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
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

/// Reads the rows (id, number, word, at, until) of a query.
template <class... Uses>
void read_rows(store::Session& session, std::vector<Closed>& found, const Closed& like,
               const std::string& query, const Uses&... uses) {
    std::int64_t id = 0;
    std::int64_t number = 0;
    std::string word;
    std::int64_t at = 0;
    std::int64_t until = 0;
    soci::statement rows(session.sql());
    rows.exchange(into(id));
    rows.exchange(into(number));
    rows.exchange(into(word));
    rows.exchange(into(at));
    rows.exchange(into(until));
    (rows.exchange(use(uses)), ...);
    rows.alloc();
    rows.prepare(query);
    rows.define_and_bind();
    rows.execute();
    while (rows.fetch()) {
        found.push_back({like.town, like.kind, id, number, word.empty() ? "-" : word, instant(at),
                         instant(until)});
    }
}

/// Runs a change; whether it changed a row.
template <class... Uses>
bool changes(store::Session& session, const std::string& change, const Uses&... uses) {
    soci::statement statement(session.sql());
    (statement.exchange(use(uses)), ...);
    statement.alloc();
    statement.prepare(change);
    statement.define_and_bind();
    statement.execute(true);
    return statement.get_affected_rows() > 0;
}

bool revoke_again(store::Session& session, const Closed& pass) {
    const std::int64_t town = raw(pass.town);
    const std::int64_t at = unix_seconds(pass.at);
    return changes(session,
                   "UPDATE credentials SET revoked_at = :at, revoked_why = :why WHERE town_id ="
                   " :town AND pass_id = :pass AND revision <= :revision AND revoked_at IS NULL",
                   at, pass.word, town, pass.id, pass.number);
}

// A card that was given since is another's. One that says to have been given in times to come was
// given by a clock that was ahead: nobody knows when.
bool lose_again(store::Session& session, const Closed& badge, std::chrono::sys_seconds clock) {
    const std::int64_t town = raw(badge.town);
    const std::int64_t at = unix_seconds(badge.at);
    const std::int64_t now = unix_seconds(clock);
    return changes(session,
                   "UPDATE badges SET state = 'lost', changed_at = :at, version = version + 1"
                   " WHERE town_id = :town AND id = :id AND number_mark = :mark"
                   " AND state = 'issued' AND (changed_at <= :same_at OR changed_at > :now)",
                   at, town, badge.id, badge.word, at, now);
}

bool shut_out_again(store::Session& session, const Closed& agent) {
    const std::int64_t town = raw(agent.town);
    const std::int64_t at = unix_seconds(agent.at);
    return changes(session,
                   "UPDATE door_agents SET public_key = NULL, offered_key = NULL, offered_at ="
                   " NULL, revoked_at = :at, version = version + 1 WHERE town_id = :town"
                   " AND id = :id AND key = :key AND public_key IS NOT NULL"
                   " AND COALESCE(confirmed_at, 0) <= :same_at",
                   at, town, agent.id, agent.word, at);
}

// A lockdown that began then and has ended did so after all: its line was cut short. Who began it
// may have come since the backup; the site is locked down all the same, by whoever was there first.
bool lock_down_again(store::Session& session, const Closed& lockdown) {
    const std::int64_t town = raw(lockdown.town);
    const std::int64_t at = unix_seconds(lockdown.at);
    return changes(session,
                   "INSERT INTO lockdowns (town_id, site_id, ground, begun_at, begun_by_id)"
                   " SELECT s.town_id, s.id, CAST(:ground AS TEXT), CAST(:at AS BIGINT),"
                   " COALESCE(p.id, (SELECT MIN(o.id) FROM people o WHERE o.town_id = s.town_id))"
                   " FROM sites s LEFT JOIN people p ON p.town_id = s.town_id AND p.id = :by"
                   " WHERE s.town_id = :town AND s.id = :site AND NOT EXISTS (SELECT 1"
                   " FROM lockdowns l WHERE l.town_id = s.town_id AND l.site_id = s.id"
                   " AND (l.ended_at IS NULL OR l.begun_at = :same_at))",
                   lockdown.word, at, lockdown.number, town, lockdown.id, at);
}

bool disable_again(store::Session& session, const Closed& door) {
    const std::int64_t town = raw(door.town);
    const std::int64_t at = unix_seconds(door.at);
    return changes(session,
                   "UPDATE doors SET disabled_at = :at, disabled_ground = :ground"
                   " WHERE town_id = :town AND id = :id AND disabled_at IS NULL",
                   at, door.word, town, door.id);
}

bool burn_again(store::Session& session, const Closed& scope) {
    const std::int64_t town = raw(scope.town);
    const std::string kind = scope.number == 0 ? "door" : "zone";
    return changes(session,
                   "INSERT INTO scope_numbers (town_id, number, kind, key) SELECT t.id,"
                   " CAST(:number AS BIGINT), CAST(:kind AS TEXT), CAST(:key AS TEXT)"
                   " FROM towns t WHERE t.id = :town AND NOT EXISTS (SELECT 1 FROM scope_numbers n"
                   " WHERE n.town_id = t.id AND (n.number = :same_number"
                   " OR (n.kind = :same_kind AND n.key = :same_key)))",
                   scope.id, kind, scope.word, town, scope.id, kind, scope.word);
}

}  // namespace

std::vector<Closed> select_closed(store::Session& session, TownId town, const ClosedSince& which) {
    const std::int64_t town_id = raw(town);
    const std::int64_t since = unix_seconds(which.since);
    const std::int64_t now = unix_seconds(which.now);
    std::vector<Closed> found;
    Closed like{town, ClosedKind::pass, 0, 0, {}, {}, {}};
    const auto of = [&](ClosedKind kind) -> const Closed& {
        like.kind = kind;
        return like;
    };
    read_rows(session, found, of(ClosedKind::pass),
              "SELECT pass_id, revision, revoked_why, revoked_at, not_before + duration_min * 60"
              " FROM credentials WHERE town_id = :town AND revoked_at >= :since"
              " AND not_before + duration_min * 60 > :now ORDER BY id",
              town_id, since, now);
    read_rows(session, found, of(ClosedKind::badge),
              "SELECT id, 0, number_mark, changed_at, 0 FROM badges WHERE town_id = :town"
              " AND state <> 'issued' AND changed_at >= :since ORDER BY id",
              town_id, since);
    read_rows(session, found, of(ClosedKind::agent),
              "SELECT id, 0, key, revoked_at, 0 FROM door_agents WHERE town_id = :town"
              " AND revoked_at >= :since ORDER BY id",
              town_id, since);
    read_rows(session, found, of(ClosedKind::lockdown),
              "SELECT site_id, begun_by_id, ground, begun_at, 0 FROM lockdowns"
              " WHERE town_id = :town AND ended_at IS NULL ORDER BY id",
              town_id);
    read_rows(session, found, of(ClosedKind::door),
              "SELECT id, 0, disabled_ground, disabled_at, 0 FROM doors WHERE town_id = :town"
              " AND disabled_at IS NOT NULL ORDER BY id",
              town_id);
    read_rows(session, found, of(ClosedKind::scope),
              "SELECT number, CASE WHEN kind = 'door' THEN 0 ELSE 1 END, key, 0, 0"
              " FROM scope_numbers WHERE town_id = :town ORDER BY number",
              town_id);
    return found;
}

bool close_again(store::Session& session, const Closed& closed, std::chrono::sys_seconds now) {
    switch (closed.kind) {
        case ClosedKind::pass:
            return revoke_again(session, closed);
        case ClosedKind::badge:
            return lose_again(session, closed, now);
        case ClosedKind::agent:
            return shut_out_again(session, closed);
        case ClosedKind::lockdown:
            return lock_down_again(session, closed);
        case ClosedKind::door:
            return disable_again(session, closed);
        case ClosedKind::scope:
            return burn_again(session, closed);
        case ClosedKind::lockdown_end:
        case ClosedKind::door_end:
            break;
    }
    return false;
}

}  // namespace creneau::access
