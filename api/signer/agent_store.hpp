#pragma once

#include "api/access/badge_access_rules.hpp"
#include "api/access/badge_types.hpp"
#include "api/store/session.hpp"
#include "policy/policy.hpp"
#include "qr/pass.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace creneau::signer {

/// What the database says of one door agent: the facts of its policy.
struct AgentRow {
    std::int64_t id = 0;
    std::string key;
    std::vector<policy::Door> doors;
    std::vector<policy::Zone> zones;  ///< zones with at least one of these doors, cut down to them
    std::vector<policy::Revocation> revocations;  ///< of these scopes, not ended before `since`
    std::vector<access::HeldBadge> badges;        ///< of the town, with whoever holds them
    std::vector<access::HolderWindow> windows;    ///< of their holders in these zones, 40 days
    std::vector<access::FreeHours> free;          ///< of these doors, 40 days
    access::DutyAccess duties;                    ///< of their holders in these zones, 40 days
};

/// Which revocations a policy carries.
struct PolicyTime {
    std::chrono::sys_seconds since;  ///< of windows that end later
    std::chrono::sys_seconds now;    ///< who departed by then counts, carried out or not
};

/// One snapshot. Absent when this town has no such agent. Throws std::out_of_range when a number
/// does not fit the policy's form.
std::optional<AgentRow> find_agent(store::Session& session, qr::TownId town, const std::string& key,
                                   const PolicyTime& time);

}  // namespace creneau::signer
