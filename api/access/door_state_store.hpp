#pragma once

#include "api/access/access_types.hpp"
#include "api/access/door_state.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <map>

namespace creneau::access {

/// The doors of an agent (its row of door_agents) that are not in service, by scope number; every
/// other one is. A door that is disabled in a locked down site is disabled: that opens for nobody.
[[nodiscard]] std::map<std::int64_t, DoorState> select_door_states(store::Session& session,
                                                                   TownId town, std::int64_t agent);

}  // namespace creneau::access
