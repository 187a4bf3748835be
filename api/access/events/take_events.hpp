#pragma once

#include "api/access/access_types.hpp"
#include "api/access/events/event_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>

#include <tl/expected.hpp>

namespace creneau::access {

enum class EventFault : std::uint8_t {
    unknown_agent,  ///< the town has no such door agent
    malformed,      ///< words, order or numbers that no journal has; nothing of the batch is kept
};

struct TakenEvents {
    std::int64_t acknowledged = 0;  ///< of that journal: all up to this sequence need not come again
    std::int64_t added = 0;         ///< rows that were not here yet
};

/// Keeps the rows of an agent's journal: each (agent, journal, sequence) once, however often it
/// comes. A row older than the access log is kept is acknowledged and dropped; a door or a pass
/// that the town does not know leaves a row without it. On the writer, in the caller's transaction.
[[nodiscard]] tl::expected<TakenEvents, EventFault> take_events(store::Session& session,
                                                                TownId town, AgentId agent,
                                                                const EventBatch& batch,
                                                                std::chrono::sys_seconds now);

}  // namespace creneau::access
