#pragma once

#include "api/access/access_types.hpp"
#include "api/access/events/event_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace creneau::access {

/// How a door is, as its agent sees it.
struct DoorPhase {
    std::string door;   ///< its key
    std::string phase;  ///< a code: "locked", "open", "forced", …
};

/// Writes down what changed; doors that are not this agent's are left out.
void note_phases(store::Session& session, TownId town, AgentId agent,
                 const std::vector<DoorPhase>& doors, std::chrono::sys_seconds now);

}  // namespace creneau::access
