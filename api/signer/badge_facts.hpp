#pragma once

#include "api/access/badge_key.hpp"
#include "api/signer/agent_store.hpp"
#include "policy/policy_file.hpp"

#include <chrono>
#include <cstddef>

namespace creneau::signer {

/// Adds the badges that the agent's doors admit: hashes under the agent's own key, sets and
/// schedules. Answers how many have a number that `key` does not open: those are left out.
[[nodiscard]] std::size_t name_badges(policy::PolicyFacts& facts, const AgentRow& agent,
                                      const access::BadgeKey& key, std::chrono::sys_seconds now);

}  // namespace creneau::signer
