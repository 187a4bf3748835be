#include "api/signer/agent_store.hpp"

#include "api/store/session.hpp"
#include "policy/policy.hpp"
#include "qr/pass.hpp"

#include <chrono>
#include <cstdint>
#include <map>
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
    const soci::rowset<soci::row> rows =
        (sql.prepare << "SELECT scope, key, name, unlock_ms, enabled FROM doors "
                        "WHERE agent_id = :agent ORDER BY scope",
         soci::use(agent));
    for (const auto& row : rows) {
        policy::Door door;
        door.scope = narrow<std::uint16_t>(row.get<long long>(0), "scope of a door");
        door.key = row.get<std::string>(1);
        door.name = row.get<std::string>(2);
        door.unlock_time = std::chrono::milliseconds{row.get<long long>(3)};
        door.enabled = row.get<long long>(4) != 0;
        doors.push_back(std::move(door));
    }
    return doors;
}

std::vector<policy::Zone> zones_of(soci::session& sql, long long agent) {
    std::map<std::uint16_t, policy::Zone> zones;
    const soci::rowset<soci::row> rows =
        (sql.prepare << "SELECT z.scope, d.scope FROM zones z "
                        "JOIN zone_doors m ON m.zone_id = z.id "
                        "JOIN doors d ON d.id = m.door_id "
                        "WHERE d.agent_id = :agent ORDER BY z.scope, d.scope",
         soci::use(agent));
    for (const auto& row : rows) {
        const auto scope = narrow<std::uint16_t>(row.get<long long>(0), "scope of a zone");
        auto& zone = zones[scope];
        zone.scope = scope;
        zone.doors.push_back(narrow<std::uint16_t>(row.get<long long>(1), "scope of a door"));
    }
    std::vector<policy::Zone> out;
    for (auto& [scope, zone] : zones) {
        out.push_back(std::move(zone));
    }
    return out;
}

std::vector<policy::Revocation> revocations_of(soci::session& sql, long long agent, long long town,
                                               std::chrono::sys_seconds since) {
    std::vector<policy::Revocation> revocations;
    long long from = since.time_since_epoch().count();
    const soci::rowset<soci::row> rows =
        (sql.prepare << "SELECT pass_id, MAX(revision), MAX(not_before + duration_min * 60) "
                        "FROM credentials "
                        "WHERE town_id = :town AND revoked_at IS NOT NULL "
                        "AND not_before + duration_min * 60 > :since "
                        "AND scope IN (SELECT scope FROM doors WHERE agent_id = :agent "
                        "UNION SELECT z.scope FROM zones z JOIN zone_doors m ON m.zone_id = z.id "
                        "JOIN doors d ON d.id = m.door_id WHERE d.agent_id = :agent2) "
                        "GROUP BY pass_id ORDER BY pass_id",
         soci::use(town, "town"), soci::use(from, "since"), soci::use(agent, "agent"),
         soci::use(agent, "agent2"));
    for (const auto& row : rows) {
        policy::Revocation revocation;
        revocation.pass_id = qr::PassId{narrow<std::uint64_t>(row.get<long long>(0), "pass id")};
        revocation.revision = narrow<std::uint8_t>(row.get<long long>(1), "revision");
        revocation.end = std::chrono::sys_seconds{std::chrono::seconds{row.get<long long>(2)}};
        revocations.push_back(revocation);
    }
    return revocations;
}

}  // namespace

std::optional<AgentRow> find_agent(store::Session& session, qr::TownId town, const std::string& key,
                                   std::chrono::sys_seconds since) {
    auto& sql = session.sql();
    const bool sqlite = session.engine() == store::Engine::sqlite;
    sql << (sqlite ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const long long town_id = static_cast<std::uint32_t>(town);
    long long id = 0;
    sql << "SELECT id FROM door_agents WHERE town_id = :town AND key = :key", soci::use(town_id),
        soci::use(key), soci::into(id);
    std::optional<AgentRow> agent;
    if (sql.got_data()) {
        agent = AgentRow{id, key, doors_of(sql, id), zones_of(sql, id),
                         revocations_of(sql, id, town_id, since)};
    }
    sql << "COMMIT";
    return agent;
}

}  // namespace creneau::signer
