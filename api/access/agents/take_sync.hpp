#pragma once

#include "api/access/access_types.hpp"
#include "api/access/agents/agent_store.hpp"
#include "api/access/agents/agent_types.hpp"
#include "api/access/commands/command_types.hpp"
#include "api/access/doors/door_phase_store.hpp"
#include "api/access/events/event_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::access {

/// A request whose signature holds.
struct SignedAgent {
    AgentId id{};
    std::string key;
    std::string public_key;  ///< that signed it, hexadecimal
    std::int64_t counter = 0;
};

/// A key that the agent made to follow the one that signed the request.
struct OfferedKey {
    std::string public_key;           ///< hexadecimal
    std::vector<std::uint8_t> proof;  ///< signed by it: link::is_proved()
};

struct TakeSync {
    TownId town{};
    SignedAgent agent;
    AgentStatus status;
    std::vector<DoorPhase> doors;  ///< as the agent sees them
    std::optional<EventBatch> events;
    std::optional<CommandQuestion> command;  ///< for one that was offered
    std::optional<OfferedKey> next_key;
    std::chrono::sys_seconds now;
};

enum class SyncFault : std::uint8_t {
    replayed,   ///< its counter was there before, or its key serves no more
    malformed,  ///< events that no journal has
};

struct TakenSync {
    std::optional<std::int64_t> acknowledged;  ///< of the journal of the batch
    bool took_key = false;                     ///< only the new key signs from now on
    bool has_command = false;                  ///< the question was the first, and in time
};

/// Takes a request's counter, what the agent says of itself and of its doors, and its events, in
/// one transaction: a request counts once, whatever process it reaches. A door that is not this
/// agent's is left out.
[[nodiscard]] tl::expected<TakenSync, SyncFault> take_sync(store::Session& session,
                                                           const TakeSync& order);

}  // namespace creneau::access
