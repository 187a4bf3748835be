#pragma once

#include "api/access/access_types.hpp"
#include "api/access/badge_access_rules.hpp"
#include "api/access/badge_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace creneau::access {

// SQL of badges, each query within one town.

struct NewBadge {
    Badge badge;                ///< its id and version are not looked at
    std::string number_sealed;  ///< BadgeKey::seal()
    std::string number_mark;    ///< BadgeKey::mark()
};
/// Nothing when a card with that number is in somebody's hands, or lost.
[[nodiscard]] std::optional<BadgeId> insert_badge(store::Session& session, TownId town,
                                                  const NewBadge& badge);

[[nodiscard]] std::optional<Badge> select_badge(store::Session& session, TownId town, BadgeId id);

/// Its number as it is kept; BadgeKey::open() gives it.
[[nodiscard]] std::optional<std::string> select_badge_number(store::Session& session, TownId town,
                                                             BadgeId id);

struct BadgePage {
    std::int64_t limit = 50;
    std::int64_t after = 0;
};
[[nodiscard]] std::vector<Badge> select_badges(store::Session& session, TownId town,
                                               const BadgePage& page);

/// False when the badge has another version by now.
[[nodiscard]] bool change_badge(store::Session& session, TownId town, const Badge& badge);

/// Revokes the badges that are with a holder; answers which.
std::vector<BadgeId> revoke_badges_of(store::Session& session, TownId town, const Holder& holder,
                                      std::chrono::sys_seconds now);

/// Every badge that is with its holder, by id: policy_entries() says which a policy names.
[[nodiscard]] std::vector<HeldBadge> select_held_badges(store::Session& session, TownId town);

/// Whose windows are asked for, and when: those that meet `during`.
struct AgentWindows {
    std::int64_t agent = 0;
    Interval during;
};
/// The windows of those who hold a badge, in zones with a door of the agent.
[[nodiscard]] std::vector<HolderWindow> select_badge_windows(store::Session& session, TownId town,
                                                             const AgentWindows& of);

}  // namespace creneau::access
