#include "api/access/door_state_store.hpp"

#include "api/access/access_types.hpp"
#include "api/access/door_state.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <map>

#include <soci/soci.h>

namespace creneau::access {

std::map<std::int64_t, DoorState> select_door_states(store::Session& session, TownId town,
                                                     std::int64_t agent) {
    const std::int64_t town_id = store::raw(town);
    std::int64_t scope = 0;
    std::int64_t disabled = 0;
    soci::statement rows =
        (session.sql().prepare
             << "SELECT d.scope, CASE WHEN d.enabled = 0 OR d.disabled_at IS NOT NULL THEN 1"
                " ELSE 0 END FROM doors d LEFT JOIN lockdowns l ON l.town_id = d.town_id"
                " AND l.site_id = d.site_id AND l.ended_at IS NULL"
                " WHERE d.town_id = :town AND d.agent_id = :agent"
                " AND (d.enabled = 0 OR d.disabled_at IS NOT NULL OR l.id IS NOT NULL)",
         soci::use(town_id), soci::use(agent), soci::into(scope), soci::into(disabled));
    rows.execute();
    std::map<std::int64_t, DoorState> states;
    while (rows.fetch()) {
        states.emplace(scope, disabled == 1 ? DoorState::disabled : DoorState::lockdown);
    }
    return states;
}

}  // namespace creneau::access
