#pragma once

#include "api/access/commands/command_types.hpp"
#include "api/people/organisations/organisation_error.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace creneau::access {

/// Whoever stands before a door waits no longer, and nothing opens after they have gone.
inline constexpr std::chrono::seconds kCommandOffered{30};
inline constexpr std::chrono::hours kLongestFreeAccess{12};
/// A person orders at most so much in that time.
inline constexpr std::int64_t kMostCommands = 10;
inline constexpr std::chrono::minutes kCommandPace{10};

struct CommandWish {
    std::string ground;
    std::optional<std::chrono::sys_seconds> end;  ///< of free access; none: open once
};

/// What a wish meets.
struct CommandFacts {
    bool in_service = false;
    bool is_online = false;   ///< the agent that drives the door
    std::int64_t recent = 0;  ///< what the person ordered within kCommandPace
    std::chrono::sys_seconds now;
};

/// All that is wrong.
[[nodiscard]] std::vector<people::FieldFault> faults_of(const CommandWish& wish,
                                                        const CommandFacts& facts);

[[nodiscard]] CommandState state_of(const DoorCommand& command, std::chrono::sys_seconds now);

}  // namespace creneau::access
