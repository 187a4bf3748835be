#pragma once

#include "api/access/badge_types.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::access {

/// No record of a badge in a policy lasts longer; it is renewed with the policy.
inline constexpr std::chrono::days kLongestBadgeRecord{400};

/// So long before it opens a policy names a badge: then it opens by itself, whoever is away.
inline constexpr std::chrono::days kNamedAhead{40};

/// The number of a card as readers and policies compare it: its bytes in lower-case hexadecimal.
/// Takes the hexadecimal digits of 3 (Wiegand 26), 4, 5 (Wiegand 37), 7 or 10 bytes (UIDs), with
/// colons, hyphens or blanks between bytes; nothing for anything else.
[[nodiscard]] std::optional<std::string> canonical_number(std::string_view typed);

/// When a badge opens, as a policy built at `now` says it. Nothing for one that it does not name:
/// lost, returned or revoked, no longer given or not for long, or of a holder who is disabled, does
/// not arrive for long or has departed.
[[nodiscard]] std::optional<Interval> policy_interval(const HeldBadge& held,
                                                      std::chrono::sys_seconds now);

/// What a policy built at `now` says of badges.
[[nodiscard]] std::vector<BadgeEntry> policy_entries(const std::vector<HeldBadge>& held,
                                                     std::chrono::sys_seconds now);

}  // namespace creneau::access
