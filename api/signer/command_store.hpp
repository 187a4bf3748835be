#pragma once

#include "api/store/session.hpp"
#include "policy/command.hpp"
#include "qr/pass.hpp"

#include <chrono>
#include <cstdint>
#include <optional>

namespace creneau::signer {

/// What the database says of a command that its agent asked for.
struct CommandRow {
    policy::Command command;            ///< with the start and the nonce of the agent's question
    std::chrono::sys_seconds asked_at;  ///< by the agent
    bool is_driven = false;  ///< that agent comes in and drives the door, which is in service
};

/// One snapshot. Absent when this town has no such command, or no agent asked for it.
[[nodiscard]] std::optional<CommandRow> find_command(store::Session& session, qr::TownId town,
                                                     std::int64_t command_id);

}  // namespace creneau::signer
