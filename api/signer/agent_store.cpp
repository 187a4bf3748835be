#include "api/signer/agent_store.hpp"

#include "api/access/access_types.hpp"
#include "api/access/badge_access_rules.hpp"
#include "api/access/badge_store.hpp"
#include "api/access/door_state_store.hpp"
#include "api/access/duty_access_store.hpp"
#include "api/store/session.hpp"
#include "policy/door.hpp"
#include "policy/policy.hpp"
#include "qr/pass.hpp"

#include <algorithm>
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

policy::Relock relock_of(const std::string& word) {
    if (word == "on_opening") {
        return policy::Relock::on_opening;
    }
    return word == "after_time" ? policy::Relock::after_time : policy::Relock::on_closing;
}

policy::PassbackMode passback_of(const std::string& word) {
    if (word == "hard") {
        return policy::PassbackMode::hard;
    }
    return word == "soft" ? policy::PassbackMode::soft : policy::PassbackMode::off;
}

/// The columns of a door with its options.
struct DoorColumns {
    long long scope = 0, unlock_ms = 0, longer_ms = 0, held_open_s = 0, pre_alarm_s = 0;
    long long passback_min = 0, when_expired = 0, assurance = 0, after_first = 0;
    std::string key, name, relock, passback;

    policy::Door door() const {
        policy::Door door;
        door.scope = narrow<std::uint16_t>(scope, "scope of a door");
        door.key = key;
        door.name = name;
        door.unlock_time = std::chrono::milliseconds{unlock_ms};
        // The town's file may have lengthened the other since.
        door.longer_unlock_time = std::chrono::milliseconds{std::max(unlock_ms, longer_ms)};
        door.held_open = {std::chrono::seconds{held_open_s}, std::chrono::seconds{pre_alarm_s}};
        door.relock = relock_of(relock);
        door.passback = {passback_of(passback), std::chrono::minutes{passback_min}};
        door.passes_when_expired = when_expired == 1;
        door.high_assurance = assurance == 1;
        door.free_after_first = after_first == 1;
        return door;
    }
};

std::vector<policy::Door> doors_of(soci::session& sql, long long agent) {
    std::vector<policy::Door> doors;
    DoorColumns row;
    soci::statement rows =
        (sql.prepare << "SELECT d.scope, d.key, d.name, d.unlock_ms,"
                        " COALESCE(o.longer_unlock_ms, 15000), COALESCE(o.held_open_s, 0),"
                        " COALESCE(o.pre_alarm_s, 0), COALESCE(o.relock, 'on_closing'),"
                        " COALESCE(o.passback, 'off'), COALESCE(o.passback_min, 0),"
                        " COALESCE(o.passes_when_expired, 0), COALESCE(o.high_assurance, 0),"
                        " COALESCE(o.free_after_first, 0) FROM doors d LEFT JOIN door_options o"
                        " ON o.door_id = d.id AND o.town_id = d.town_id"
                        " WHERE d.agent_id = :agent ORDER BY d.scope",
         soci::use(agent), soci::into(row.scope), soci::into(row.key), soci::into(row.name),
         soci::into(row.unlock_ms), soci::into(row.longer_ms), soci::into(row.held_open_s),
         soci::into(row.pre_alarm_s), soci::into(row.relock), soci::into(row.passback),
         soci::into(row.passback_min), soci::into(row.when_expired), soci::into(row.assurance),
         soci::into(row.after_first));
    rows.execute();
    while (rows.fetch()) {
        doors.push_back(row.door());
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

/// What was revoked, and what somebody holds whose departure nobody has carried out yet: after that
/// the rows say it, and what the office gives anew counts. Two searches, each by an index: one with
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
                "FROM staff_movements m JOIN passes p ON p.town_id = m.town_id "
                "AND p.holder_kind = 'person' AND p.holder_id = m.person_id "
                "JOIN credentials r ON r.pass_row_id = p.id WHERE m.town_id = :same_town "
                "AND m.kind = 'departure' AND m.at <= :now "
                "AND m.done_at IS NULL AND m.withdrawn_at IS NULL) c "
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
                         access::select_badge_windows(session, of_town, {id, ahead}),
                         access::select_free_hours(session, of_town, id),
                         access::select_duty_access(session, of_town, id)};
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
