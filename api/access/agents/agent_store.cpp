#include "api/access/agents/agent_store.hpp"

#include "api/access/access_types.hpp"
#include "api/access/agents/agent_types.hpp"
#include "api/access/events/event_types.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
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

std::optional<std::chrono::sys_seconds> instant_or_none(std::int64_t seconds) {
    return seconds == 0 ? std::nullopt : std::optional(instant(seconds));
}

/// The columns of an agent, and where they land. Instants of ours are positive: 0 stands for NULL.
struct AgentColumns {
    static constexpr auto kNames =
        " id, key, site_id, COALESCE(public_key, ''), COALESCE(offered_key, ''),"
        " COALESCE(offered_at, 0), COALESCE(revoked_at, 0), COALESCE(seen_at, 0), held_generation,"
        " held_version, clock, COALESCE(policy_age, -1), journal_unsent, journal_capacity, version";

    std::int64_t id = 0, site = 0, offered = 0, revoked = 0, seen = 0, generation = 0, held = 0;
    std::int64_t policy_age = 0, unsent = 0, capacity = 0, version = 0;
    std::string key, public_key, offered_key, clock;

    void bind(soci::statement& statement) {
        statement.exchange(into(id));
        statement.exchange(into(key));
        statement.exchange(into(site));
        statement.exchange(into(public_key));
        statement.exchange(into(offered_key));
        for (auto* column : {&offered, &revoked, &seen, &generation, &held}) {
            statement.exchange(into(*column));
        }
        statement.exchange(into(clock));
        statement.exchange(into(policy_age));
        statement.exchange(into(unsent));
        statement.exchange(into(capacity));
        statement.exchange(into(version));
    }

    [[nodiscard]] DoorAgent agent() const {
        return {AgentId{id},
                key,
                site,
                public_key,
                offered_key,
                instant_or_none(offered),
                instant_or_none(revoked),
                instant_or_none(seen),
                generation,
                held,
                clock,
                policy_age < 0 ? std::nullopt : std::optional(std::chrono::seconds(policy_age)),
                unsent,
                capacity,
                version};
    }
};

std::vector<DoorAgent> fetched(soci::statement& statement, const std::string& tail,
                               AgentColumns& columns) {
    statement.alloc();
    statement.prepare(std::string("SELECT") + AgentColumns::kNames + " FROM door_agents WHERE " +
                      tail);
    statement.define_and_bind();
    statement.execute();
    std::vector<DoorAgent> agents;
    while (statement.fetch()) {
        agents.push_back(columns.agent());
    }
    return agents;
}

template <class... Uses>
std::vector<DoorAgent> agents_where(store::Session& session, const std::string& tail,
                                    const Uses&... uses) {
    AgentColumns columns;
    soci::statement statement(session.sql());
    columns.bind(statement);
    (statement.exchange(use(uses)), ...);
    return fetched(statement, tail, columns);
}

std::optional<DoorAgent> one_of(std::vector<DoorAgent> agents) {
    return agents.empty() ? std::nullopt : std::optional(agents.front());
}

/// Runs an update; how many rows it changed.
template <class... Uses>
long long updated(store::Session& session, const std::string& update, const Uses&... uses) {
    soci::statement statement(session.sql());
    (statement.exchange(use(uses)), ...);
    statement.alloc();
    statement.prepare(update);
    statement.define_and_bind();
    statement.execute(true);
    return statement.get_affected_rows();
}

}  // namespace

std::optional<DoorAgent> select_agent(store::Session& session, TownId town, AgentId id) {
    const std::int64_t town_id = raw(town);
    const std::int64_t agent_id = raw(id);
    return one_of(agents_where(session, "town_id = :town AND id = :id", town_id, agent_id));
}

std::optional<DoorAgent> select_agent(store::Session& session, TownId town,
                                      const std::string& key) {
    const std::int64_t town_id = raw(town);
    return one_of(agents_where(session, "town_id = :town AND key = :key", town_id, key));
}

std::vector<DoorAgent> select_agents(store::Session& session, TownId town, std::int64_t limit,
                                     std::int64_t after) {
    const std::int64_t town_id = raw(town);
    return agents_where(session, "town_id = :town AND id > :after ORDER BY id LIMIT :limit",
                        town_id, after, limit);
}

void insert_enrolment(store::Session& session, TownId town, const EnrolmentRow& row,
                      std::chrono::sys_seconds now) {
    end_enrolments(session, town, row.agent, now);
    const std::int64_t town_id = raw(town);
    const std::int64_t agent = raw(row.agent);
    const std::int64_t expires = unix_seconds(row.expires_at);
    session.sql() << "INSERT INTO agent_codes (town_id, agent_id, salt, expires_at)"
                     " VALUES (:town, :agent, :salt, :expires)",
        use(town_id), use(agent), use(row.salt), use(expires);
}

std::optional<EnrolmentRow> select_enrolment(store::Session& session, TownId town, AgentId agent,
                                             std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t agent_id = raw(agent);
    const std::int64_t at = unix_seconds(now);
    EnrolmentRow row;
    std::int64_t expires = 0;
    session.sql() << "SELECT id, salt, expires_at FROM agent_codes WHERE town_id = :town"
                     " AND agent_id = :agent AND ended_at IS NULL AND expires_at > :now",
        use(town_id), use(agent_id), use(at), into(row.id), into(row.salt), into(expires);
    if (!session.sql().got_data()) {
        return std::nullopt;
    }
    row.agent = agent;
    row.expires_at = instant(expires);
    return row;
}

bool end_enrolment(store::Session& session, TownId town, std::int64_t id,
                   std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t at = unix_seconds(now);
    return updated(session,
                   "UPDATE agent_codes SET ended_at = :at WHERE town_id = :town AND id = :id"
                   " AND ended_at IS NULL",
                   at, town_id, id) == 1;
}

void end_enrolments(store::Session& session, TownId town, AgentId agent,
                    std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t agent_id = raw(agent);
    const std::int64_t at = unix_seconds(now);
    updated(session,
            "UPDATE agent_codes SET ended_at = :at WHERE town_id = :town AND agent_id = :agent"
            " AND ended_at IS NULL",
            at, town_id, agent_id);
}

void offer_key(store::Session& session, TownId town, AgentId agent, const std::string& key,
               std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t agent_id = raw(agent);
    const std::int64_t at = unix_seconds(now);
    updated(session,
            "UPDATE door_agents SET offered_key = :key, offered_at = :at, version = version + 1"
            " WHERE town_id = :town AND id = :id",
            key, at, town_id, agent_id);
}

bool confirm_key(store::Session& session, TownId town, AgentId agent, const std::string& key,
                 std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t agent_id = raw(agent);
    const std::int64_t at = unix_seconds(now);
    return updated(session,
                   "UPDATE door_agents SET public_key = offered_key, offered_key = NULL,"
                   " offered_at = NULL, revoked_at = NULL, confirmed_at = :at, counter = 0,"
                   " seen_at = NULL, version = version + 1 WHERE town_id = :town AND id = :id"
                   " AND offered_key = :key",
                   at, town_id, agent_id, key) == 1;
}

bool change_key(store::Session& session, TownId town, AgentId agent, const std::string& from,
                const std::string& to) {
    const std::int64_t town_id = raw(town);
    const std::int64_t agent_id = raw(agent);
    return updated(session,
                   "UPDATE door_agents SET public_key = :to, counter = 0, version = version + 1"
                   " WHERE town_id = :town AND id = :id AND public_key = :from",
                   to, town_id, agent_id, from) == 1;
}

void revoke_keys(store::Session& session, TownId town, AgentId agent,
                 std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t agent_id = raw(agent);
    const std::int64_t at = unix_seconds(now);
    updated(session,
            "UPDATE door_agents SET public_key = NULL, offered_key = NULL, offered_at = NULL,"
            " revoked_at = :at, version = version + 1 WHERE town_id = :town AND id = :id",
            at, town_id, agent_id);
}

bool raise_counter(store::Session& session, TownId town, AgentId agent,
                   const std::string& public_key, std::int64_t counter) {
    const std::int64_t town_id = raw(town);
    const std::int64_t agent_id = raw(agent);
    return updated(session,
                   "UPDATE door_agents SET counter = :counter WHERE town_id = :town AND id = :id"
                   " AND public_key = :key AND counter < :same",
                   counter, town_id, agent_id, public_key, counter) == 1;
}

void note_status(store::Session& session, TownId town, AgentId agent, const AgentStatus& status,
                 std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t agent_id = raw(agent);
    const std::int64_t at = unix_seconds(now);
    const std::int64_t age = status.policy_age ? status.policy_age->count() : -1;
    const std::int64_t oldest = unix_seconds(now - kAgentSilence);
    updated(session,
            "UPDATE door_agents SET seen_at = :at, held_generation = :generation,"
            " held_version = :version, clock = :clock, policy_age = NULLIF(:age, -1),"
            " journal_unsent = :unsent, journal_capacity = :capacity,"
            // The columns on the right are what they were.
            " unbroken_since = CASE WHEN :told <> 'trusted' THEN NULL"
            " WHEN clock = 'trusted' AND unbroken_since IS NOT NULL AND seen_at <= :then"
            " AND seen_at >= :oldest THEN unbroken_since ELSE :since END"
            " WHERE town_id = :town AND id = :id",
            at, status.generation, status.version, status.clock, age, status.journal_unsent,
            status.journal_capacity, status.clock, at, oldest, at, town_id, agent_id);
}

void forget_unbroken(store::Session& session, TownId town) {
    const std::int64_t town_id = raw(town);
    session.sql() << "UPDATE door_agents SET unbroken_since = NULL WHERE town_id = :town",
        use(town_id);
}

std::int64_t select_policy_serial(store::Session& session, TownId town) {
    const std::int64_t town_id = raw(town);
    std::int64_t serial = 0;
    session.sql() << "SELECT serial FROM policy_serials WHERE town_id = :town", use(town_id),
        into(serial);
    return serial;
}

}  // namespace creneau::access
