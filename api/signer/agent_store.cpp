#include "api/signer/agent_store.hpp"

#include "api/access/access_types.hpp"
#include "api/access/badge_access_rules.hpp"
#include "api/access/badge_store.hpp"
#include "api/access/door_state_store.hpp"
#include "api/store/session.hpp"
#include "policy/door.hpp"
#include "policy/policy.hpp"
#include "qr/pass.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <soci/soci.h>

namespace creneau::signer {
namespace {

/// A number of the database in the narrower type of the policy.
template <class T>
T narrow(long long value, const char* what) {
    if (!std::in_range<T>(value)) {
        throw std::out_of_range(std::string(what) + " " + std::to_string(value));
    }
    return static_cast<T>(value);
}

std::vector<policy::Door> doors_of(soci::session& sql, long long agent) {
    std::vector<policy::Door> doors;
    long long scope = 0;
    long long unlock_ms = 0;
    policy::Door door;
    soci::statement rows = (sql.prepare << "SELECT scope, key, name, unlock_ms FROM doors "
                                           "WHERE agent_id = :agent ORDER BY scope",
                            soci::use(agent), soci::into(scope), soci::into(door.key),
                            soci::into(door.name), soci::into(unlock_ms));
    rows.execute();
    while (rows.fetch()) {
        door.scope = narrow<std::uint16_t>(scope, "scope of a door");
        door.unlock_time = std::chrono::milliseconds{unlock_ms};
        doors.push_back(door);
    }
    return doors;
}

std::vector<policy::Zone> zones_of(soci::session& sql, long long agent) {
    std::vector<policy::Zone> zones;
    long long zone = 0;
    long long door = 0;
    soci::statement rows = (sql.prepare << "SELECT z.scope, d.scope FROM zones z "
                                           "JOIN zone_doors m ON m.zone_id = z.id "
                                           "JOIN doors d ON d.id = m.door_id "
                                           "WHERE d.agent_id = :agent ORDER BY z.scope, d.scope",
                            soci::use(agent), soci::into(zone), soci::into(door));
    rows.execute();
    while (rows.fetch()) {
        const auto scope = narrow<std::uint16_t>(zone, "scope of a zone");
        if (zones.empty() || zones.back().scope != scope) {
            zones.push_back({scope, {}});
        }
        zones.back().doors.push_back(narrow<std::uint16_t>(door, "scope of a door"));
    }
    return zones;
}

/// What was revoked, and what somebody who has left holds. Two searches, each by an index: one with
/// OR reads every pass that the town ever gave.
std::vector<policy::Revocation> revocations_of(soci::session& sql, long long agent, long long town,
                                               const PolicyTime& time) {
    std::vector<policy::Revocation> revocations;
    const long long from = time.since.time_since_epoch().count();
    const long long at = time.now.time_since_epoch().count();
    long long pass_id = 0;
    long long revision = 0;
    long long end = 0;
    soci::statement rows =
        (sql.prepare
             << "SELECT c.pass_id, MAX(c.revision), MAX(c.not_before + c.duration_min * 60) FROM ("
                "SELECT pass_id, revision, not_before, duration_min, scope FROM credentials "
                "WHERE town_id = :town AND revoked_at IS NOT NULL UNION ALL "
                "SELECT r.pass_id, r.revision, r.not_before, r.duration_min, r.scope "
                "FROM people h JOIN passes p ON p.town_id = h.town_id "
                "AND p.holder_kind = 'person' AND p.holder_id = h.id "
                "JOIN credentials r ON r.pass_row_id = p.id WHERE h.town_id = :same_town "
                "AND h.enabled = 1 AND h.active_until <= :now) c "
                "WHERE c.not_before + c.duration_min * 60 > :since "
                "AND c.scope IN (SELECT scope FROM doors WHERE agent_id = :agent "
                "UNION SELECT z.scope FROM zones z JOIN zone_doors m ON m.zone_id = z.id "
                "JOIN doors d ON d.id = m.door_id WHERE d.agent_id = :same_agent) "
                "GROUP BY c.pass_id ORDER BY c.pass_id",
         soci::use(town), soci::use(town), soci::use(at), soci::use(from), soci::use(agent),
         soci::use(agent), soci::into(pass_id), soci::into(revision), soci::into(end));
    rows.execute();
    while (rows.fetch()) {
        revocations.push_back({qr::PassId{narrow<std::uint64_t>(pass_id, "pass id")},
                               narrow<std::uint8_t>(revision, "revision"),
                               std::chrono::sys_seconds{std::chrono::seconds{end}}});
    }
    return revocations;
}

}  // namespace

std::optional<AgentRow> find_agent(store::Session& session, qr::TownId town, const std::string& key,
                                   const PolicyTime& time) {
    auto& sql = session.sql();
    const bool sqlite = session.engine() == store::Engine::sqlite;
    sql << (sqlite ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const long long town_id = static_cast<std::uint32_t>(town);
    long long id = 0;
    sql << "SELECT id FROM door_agents WHERE town_id = :town AND key = :key", soci::use(town_id),
        soci::use(key), soci::into(id);
    std::optional<AgentRow> agent;
    if (sql.got_data()) {
        const access::TownId of_town{town_id};
        const access::Interval ahead{time.now, time.now + access::kHoursAhead};
        agent = AgentRow{id,
                         key,
                         doors_of(sql, id),
                         zones_of(sql, id),
                         revocations_of(sql, id, town_id, time),
                         access::select_held_badges(session, of_town),
                         access::select_badge_windows(session, of_town, {id, ahead})};
        const auto states = access::select_door_states(session, of_town, id);
        for (auto& door : agent->doors) {
            const auto state = states.find(door.scope);
            door.state = state == states.end() ? policy::ServiceState::in_service : state->second;
        }
    }
    sql << "COMMIT";
    return agent;
}

}  // namespace creneau::signer
