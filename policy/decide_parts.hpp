#pragma once

#include "policy/badge.hpp"
#include "policy/decide.hpp"
#include "policy/door.hpp"
#include "policy/memory.hpp"
#include "policy/policy.hpp"

#include <chrono>
#include <cstdint>

#include <tl/expected.hpp>

namespace creneau::policy {

// What the decisions about passes and badges have in common.

struct Refusal {
    Reason reason;
    Check check;
};

/// The door, when it is of this agent and in service.
[[nodiscard]] tl::expected<const Door*, Refusal> open_door_row(const Policy& policy,
                                                               std::uint16_t door);

/// How old the policy is at that moment, at least.
[[nodiscard]] std::chrono::seconds age_of(const Policy& policy, const Presented& presented);

[[nodiscard]] Decision refused(const Refusal& refusal);

/// A grant; `first` of its changes is set where the door's free access waits for it.
[[nodiscard]] Decision granted(const Policy& policy, const Memory& memory, const Door& door,
                               const Presented& presented, Reason reason);

[[nodiscard]] Decision decide_badge(const Policy& policy, const Memory& memory,
                                    const Presented& presented, const BadgeNumber& number);

[[nodiscard]] Decision decide_free(const Policy& policy, const Memory& memory,
                                   const Presented& presented);

}  // namespace creneau::policy
