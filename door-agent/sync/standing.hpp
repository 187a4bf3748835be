#pragma once

#include "door-agent/journal/journal.hpp"
#include "policy/policy.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace creneau::door {

/// A door as the town's screens show it.
struct DoorStanding {
    std::string door;   ///< its key
    std::string phase;  ///< word_of(DoorPhase)
};

/// How an agent stands, as it tells the town.
struct Standing {
    policy::Order held;          ///< of the policy in force; zeros: none
    std::filesystem::path file;  ///< where that rests; empty: none
    std::string clock = "untrusted";
    std::optional<std::chrono::seconds> policy_age;  ///< at least; none without a policy
    JournalLevel journal;
    std::vector<DoorStanding> doors;
};

}  // namespace creneau::door
