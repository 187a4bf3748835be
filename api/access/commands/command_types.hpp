#pragma once

#include "api/access/doors/door_types.hpp"
#include "api/access/events/event_types.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace creneau::access {

enum class CommandId : std::int64_t {};

enum class CommandState : std::uint8_t {
    offered,  ///< its agent may ask for it
    taken,    ///< its agent asked for it, and has it signed
    lapsed,   ///< nobody asked in time: it never will be
};
/// "offered", "taken", "lapsed".
[[nodiscard]] std::string_view word_of(CommandState state);

/// What a person ordered a door to do from afar.
struct DoorCommand {
    CommandId id{};
    AgentId agent{};
    DoorId door{};
    std::string door_key;
    std::string ground;
    std::optional<std::chrono::sys_seconds> end;  ///< of free access; none: open once
    std::chrono::sys_seconds asked_at;
    std::chrono::sys_seconds offered_to;  ///< half-open
    std::optional<std::chrono::sys_seconds> taken_at;
};

/// With what an agent asks for a command.
struct CommandQuestion {
    CommandId id{};
    std::string boot;   ///< the start of its machine
    std::string nonce;  ///< 32 hexadecimal digits
};

}  // namespace creneau::access
