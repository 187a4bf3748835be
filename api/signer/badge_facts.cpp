#include "api/signer/badge_facts.hpp"

#include "api/access/access_types.hpp"
#include "api/access/badge_access_rules.hpp"
#include "api/access/badge_key.hpp"
#include "api/access/badge_rules.hpp"
#include "api/access/badge_types.hpp"
#include "api/signer/agent_store.hpp"
#include "policy/badge.hpp"
#include "policy/policy_file.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace creneau::signer {

access::BadgeAccess name_hours(policy::PolicyFacts& facts, const AgentRow& agent) {
    access::BadgeAccess opens(agent.windows, agent.duties, agent.free);
    facts.access_sets = opens.sets();
    facts.schedules = opens.schedules();
    for (auto& door : facts.doors) {
        door.free_access = opens.free_access_of(door.scope);
        door.free_after_first = door.free_after_first && door.free_access;
    }
    return opens;
}

std::size_t name_badges(policy::PolicyFacts& facts, const AgentRow& agent, const BadgeNames& names,
                        std::chrono::sys_seconds now) {
    const auto& [key, opens] = names;
    const access::TownId town{static_cast<std::uint32_t>(facts.town)};
    facts.badge_key = key.agent_key(town, agent.id);
    std::size_t unreadable = 0;
    for (const auto& entry : access::policy_entries(agent.badges, now)) {
        const auto set = opens.set_of(entry.holder);
        if (!set) {
            continue;
        }
        const auto number = key.open(entry.number_sealed);
        const auto bytes = number ? access::number_bytes(*number) : std::vector<std::uint8_t>{};
        if (bytes.empty()) {
            ++unreadable;
            continue;
        }
        const auto valid = access::record_interval(entry.valid, now);
        facts.badges.push_back({policy::hash_badge(facts.badge_key, bytes),
                                policy::BadgeRef{static_cast<std::uint32_t>(entry.id)},
                                valid.from,
                                valid.until,
                                *set,
                                {}});
    }
    return unreadable;
}

}  // namespace creneau::signer
