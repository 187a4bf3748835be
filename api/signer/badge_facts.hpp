#pragma once

#include "api/access/badge_access_rules.hpp"
#include "api/access/badge_key.hpp"
#include "api/signer/agent_store.hpp"
#include "policy/policy_file.hpp"

#include <chrono>
#include <cstddef>

namespace creneau::signer {

/// Adds when badges open what and when doors stand open for everybody.
[[nodiscard]] access::BadgeAccess name_hours(policy::PolicyFacts& facts, const AgentRow& agent);

/// What badges are named by.
struct BadgeNames {
    const access::BadgeKey& key;
    const access::BadgeAccess& opens;  ///< of name_hours()
};

/// Adds the badges that the agent's doors admit: hashes under the agent's own key. Answers how many
/// have a number that the key does not open: those are left out.
[[nodiscard]] std::size_t name_badges(policy::PolicyFacts& facts, const AgentRow& agent,
                                      const BadgeNames& names, std::chrono::sys_seconds now);

}  // namespace creneau::signer
