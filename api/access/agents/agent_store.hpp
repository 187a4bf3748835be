#pragma once

#include "api/access/access_types.hpp"
#include "api/access/agents/agent_types.hpp"
#include "api/access/events/event_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace creneau::access {

// SQL of door agents, each query within one town.

[[nodiscard]] std::optional<DoorAgent> select_agent(store::Session& session, TownId town,
                                                    AgentId id);
[[nodiscard]] std::optional<DoorAgent> select_agent(store::Session& session, TownId town,
                                                    const std::string& key);
[[nodiscard]] std::vector<DoorAgent> select_agents(store::Session& session, TownId town,
                                                   std::int64_t limit, std::int64_t after);

/// A new code; the one that lived until then has ended.
void insert_enrolment(store::Session& session, TownId town, const EnrolmentRow& row,
                      std::chrono::sys_seconds now);
/// The code that lives at `now`.
[[nodiscard]] std::optional<EnrolmentRow> select_enrolment(store::Session& session, TownId town,
                                                           AgentId agent,
                                                           std::chrono::sys_seconds now);
/// False when it had ended.
[[nodiscard]] bool end_enrolment(store::Session& session, TownId town, std::int64_t id,
                                 std::chrono::sys_seconds now);
void end_enrolments(store::Session& session, TownId town, AgentId agent,
                    std::chrono::sys_seconds now);

void offer_key(store::Session& session, TownId town, AgentId agent, const std::string& key,
               std::chrono::sys_seconds now);
/// The offered key takes the place of the one before, its counter begins anew. False when another
/// key is offered.
[[nodiscard]] bool confirm_key(store::Session& session, TownId town, AgentId agent,
                               const std::string& key, std::chrono::sys_seconds now);
/// The agent's new key takes the place of `from`, its counter begins anew. False when that is not
/// its key any more.
[[nodiscard]] bool change_key(store::Session& session, TownId town, AgentId agent,
                              const std::string& from, const std::string& to);
/// Takes both keys away.
void revoke_keys(store::Session& session, TownId town, AgentId agent, std::chrono::sys_seconds now);

/// Compare-and-swap: false unless `counter` is greater than that of every request before, and the
/// agent still has that key.
[[nodiscard]] bool raise_counter(store::Session& session, TownId town, AgentId agent,
                                 const std::string& public_key, std::int64_t counter);

/// What an agent says of itself.
struct AgentStatus {
    std::int64_t generation = 0;  ///< of the policy in force; 0: none
    std::int64_t version = 0;
    std::string clock;  ///< "trusted", "holdover" or "untrusted"
    std::optional<std::chrono::seconds> policy_age = {};
    std::int64_t journal_unsent = 0;
    std::int64_t journal_capacity = 0;
};
void note_status(store::Session& session, TownId town, AgentId agent, const AgentStatus& status,
                 std::chrono::sys_seconds now);

/// This server was not there: from now on no agent has come without a pause (`unbroken_since`).
void forget_unbroken(store::Session& session, TownId town);

/// Grows with every change of what policies are made from.
[[nodiscard]] std::int64_t select_policy_serial(store::Session& session, TownId town);

}  // namespace creneau::access
