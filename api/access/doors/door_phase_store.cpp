#include "api/access/doors/door_phase_store.hpp"

#include "api/access/access_types.hpp"
#include "api/access/events/event_types.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::access {

namespace {

using soci::into;
using soci::use;
using store::raw;

struct Known {
    std::int64_t id = 0;
    std::string phase;
};

std::map<std::string, Known> select_phases(store::Session& session, std::int64_t town,
                                           std::int64_t agent) {
    Known known;
    std::string key;
    soci::statement rows =
        (session.sql().prepare << "SELECT d.id, d.key, COALESCE(p.phase, '') FROM doors d"
                                  " LEFT JOIN door_phases p ON p.door_id = d.id"
                                  " WHERE d.town_id = :town AND d.agent_id = :agent",
         use(town), use(agent), into(known.id), into(key), into(known.phase));
    rows.execute();
    std::map<std::string, Known> doors;
    while (rows.fetch()) {
        doors.emplace(key, known);
    }
    return doors;
}

}  // namespace

void note_phases(store::Session& session, TownId town, AgentId agent,
                 const std::vector<DoorPhase>& doors, std::chrono::sys_seconds now) {
    if (doors.empty()) {
        return;
    }
    const std::int64_t town_id = raw(town);
    const std::int64_t at = store::unix_seconds(now);
    const auto known = select_phases(session, town_id, raw(agent));
    for (const DoorPhase& told : doors) {
        const auto door = known.find(told.door);
        if (door == known.end() || door->second.phase == told.phase) {
            continue;
        }
        session.sql() << "INSERT INTO door_phases (door_id, town_id, phase, since)"
                         " VALUES (:door, :town, :phase, :at) ON CONFLICT (door_id)"
                         " DO UPDATE SET phase = excluded.phase, since = excluded.since",
            use(door->second.id), use(town_id), use(told.phase), use(at);
    }
}

}  // namespace creneau::access
