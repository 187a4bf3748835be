#pragma once

#include "api/access/badge_types.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace creneau::access {

/// A row of door_agents.
enum class AgentId : std::int64_t {};

/// What a door agent's journal knows of a pass once its signature has verified.
struct ShownPass {
    std::int64_t pass_id = 0;  ///< 56 bits
    int revision = 0;
};

/// A row of a door agent's journal as the agent sends it. Its `detail` stays with the agent.
struct JournalEvent {
    std::int64_t sequence = 0;  ///< from 1, within its journal
    std::string kind;           ///< door::name(EventKind): "granted", "refused", …
    std::chrono::sys_seconds occurred_at;
    std::string clock;   ///< "trusted", "holdover" or "untrusted"
    std::string door;    ///< key of the door, or empty
    std::string reader;  ///< key of the reader, or empty
    std::string reason;  ///< policy::word_for(Reason), or a word of the agent's own
    std::optional<ShownPass> pass;
    std::optional<BadgeId> badge;  ///< whoever sends finds it by what the policy named
    std::int64_t count = 1;        ///< how many reads the row stands for
};

/// Rows of one journal, ascending by sequence.
struct EventBatch {
    std::string journal;    ///< 32 hexadecimal digits, lower case
    std::string last_hash;  ///< the journal's hash of the last row sent: 64 digits; or empty
    std::vector<JournalEvent> events;
};

/// At most so many rows come in one batch.
inline constexpr std::size_t kMostEvents = 500;

}  // namespace creneau::access
