#pragma once

#include "api/access/access_types.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace creneau::access {

enum class BadgeId : std::int64_t {};

enum class BadgeState : std::uint8_t {
    issued,    ///< with its holder
    lost,      ///< opens nothing from then on
    returned,  ///< given back: its number may be given anew
    revoked,   ///< its holder left; the card is still with them
};

/// A card that somebody holds. Its number is with the store alone.
struct Badge {
    BadgeId id{};
    Holder holder;
    BadgeState state = BadgeState::issued;
    std::chrono::sys_seconds from;                  ///< half-open
    std::optional<std::chrono::sys_seconds> until;  ///< none: as long as its holder may come in
    std::chrono::sys_seconds changed_at;
    std::int64_t version = 0;
};

/// The same with what a policy asks of its holder.
struct HeldBadge {
    Badge badge;
    std::string number_sealed;
    bool holder_enabled = false;
    std::optional<std::chrono::sys_seconds> holder_from;  ///< half-open; none: no bound
    std::optional<std::chrono::sys_seconds> holder_until;
};

/// What a policy says of a badge: from when until when its number opens.
struct BadgeEntry {
    BadgeId id{};
    Holder holder;
    Interval valid;
    std::string number_sealed;  ///< BadgeKey::open() gives the number
};

/// "issued", "lost", "returned", "revoked".
[[nodiscard]] std::string_view word_of(BadgeState state);
[[nodiscard]] std::optional<BadgeState> badge_state_of(std::string_view word);

}  // namespace creneau::access
