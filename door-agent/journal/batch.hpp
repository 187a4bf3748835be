#pragma once

#include "door-agent/clock/clock.hpp"
#include "door-agent/journal/chain.hpp"
#include "door-agent/journal/event.hpp"
#include "policy/memory.hpp"
#include "policy/policy.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace creneau::door {

/// What the agent must know of time after a restart. Boot times are good under `boot_id` only.
struct KeptTime {
    std::string boot_id;
    ClockMemory clock;
    policy::Order policy;                ///< the policy whose age is kept
    std::chrono::seconds policy_age{0};  ///< its age at `saved`, a lower bound
    BootTime saved{};
};

/// Adds what `other` remembers; marks only rise.
void unite(policy::Memory& memory, const policy::Memory& other);

/// Rows past their retention go, oldest first: those up to the last that a believed clock dated
/// before `before` and that no row dated from then until `now` precedes. A row of a clock that was
/// not believed goes with the rows around it, whatever its own date. `row` (kind purge) then says
/// which, its detail and count filled in.
struct Purge {
    std::chrono::sys_seconds before{};
    std::chrono::sys_seconds now{};
    Event row;
    /// The same for rows that the town has, with the reason "acknowledged".
    std::chrono::sys_seconds acknowledged_before{};
};

/// The town has every row of that journal up to this one.
struct Acknowledged {
    JournalId journal{};
    std::int64_t sequence = 0;
};

/// Everything one transaction writes.
struct Batch {
    std::vector<Event> events;
    std::vector<policy::MemoryChanges> changes;
    std::vector<policy::UseMark> unused;   ///< uses that were none: forgotten, after `changes`
    std::optional<policy::Memory> memory;  ///< united with what is remembered; marks only rise
    std::optional<std::chrono::sys_seconds> forget_before;  ///< drops what ended before this
    std::optional<KeptTime> time;
    std::optional<Purge> purge;
    std::optional<Acknowledged> acknowledged;  ///< of another journal: nothing
};

}  // namespace creneau::door
