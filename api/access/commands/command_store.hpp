#pragma once

#include "api/access/access_types.hpp"
#include "api/access/commands/command_types.hpp"
#include "api/access/events/event_types.hpp"
#include "api/people/ids.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace creneau::access {

// SQL of commands, each query within one town.

[[nodiscard]] CommandId insert_command(store::Session& session, TownId town,
                                       const DoorCommand& command, people::PersonId by);
[[nodiscard]] std::optional<DoorCommand> select_command(store::Session& session, TownId town,
                                                        CommandId id);
/// How much somebody ordered since then.
[[nodiscard]] std::int64_t count_commands(store::Session& session, TownId town, people::PersonId by,
                                          std::chrono::sys_seconds since);

/// What its agent, by key, may ask for, oldest first.
[[nodiscard]] std::vector<DoorCommand> select_offered(store::Session& session, TownId town,
                                                      const std::string& agent,
                                                      std::chrono::sys_seconds now);
/// Compare-and-swap: false unless it is offered to that agent and nobody asked for it before.
[[nodiscard]] bool mark_taken(store::Session& session, TownId town, AgentId agent,
                              const CommandQuestion& question, std::chrono::sys_seconds now);

}  // namespace creneau::access
