#include "api/access/agents/agent_types.hpp"

#include <chrono>
#include <string_view>

namespace creneau::access {

std::string_view word_of(AgentState state) {
    switch (state) {
        case AgentState::unknown:
            return "unknown";
        case AgentState::pending:
            return "pending";
        case AgentState::active:
            return "active";
        case AgentState::revoked:
            return "revoked";
    }
    return "unknown";
}

AgentState state_of(const DoorAgent& agent) {
    if (!agent.public_key.empty()) {
        return AgentState::active;
    }
    if (!agent.offered_key.empty()) {
        return AgentState::pending;
    }
    return agent.revoked_at ? AgentState::revoked : AgentState::unknown;
}

bool is_online(const DoorAgent& agent, std::chrono::sys_seconds now) {
    return state_of(agent) == AgentState::active && agent.seen_at &&
           now - *agent.seen_at <= kAgentSilence;
}

}  // namespace creneau::access
