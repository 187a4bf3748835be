#pragma once

#include "policy/schedule.hpp"

#include <array>
#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace creneau::policy {

/// How hard it is to copy what was read: an open UID, as Wiegand carries it, is low.
enum class Assurance : std::uint8_t { low, high };

inline constexpr std::size_t kLongestBadgeNumber = 16;

/// A badge as a reader gave it: its canonical number, the bytes of its UID; of Wiegand the bits
/// between the parities, big-endian, in whole bytes (26: 3 bytes, 34: 4, 37: 5).
struct BadgeNumber {
    std::array<std::uint8_t, kLongestBadgeNumber> bytes{};
    std::uint8_t length = 0;  ///< 1 to 16 of the bytes
    Assurance assurance = Assurance::low;

    [[nodiscard]] std::span<const std::uint8_t> number() const {
        return std::span{bytes}.first(length);
    }
};

/// Of `bytes`, the canonical number; nothing when there is none of that length.
[[nodiscard]] std::optional<BadgeNumber> badge_number(std::span<const std::uint8_t> bytes,
                                                      Assurance assurance);

/// The key under which one agent's policy hides badge numbers; all zero where it names none.
using BadgeHashKey = std::array<std::uint8_t, 32>;
using BadgeHash = std::array<std::uint8_t, 16>;

/// BLAKE2b of the number with a digest of 16 bytes, keyed. `number` is not empty.
[[nodiscard]] BadgeHash hash_badge(const BadgeHashKey& key, std::span<const std::uint8_t> number);

/// The badge's row in the town's database: what a journal may say of it.
enum class BadgeRef : std::uint32_t {};

/// Chosen by whoever makes policies, as ScheduleId.
enum class AccessSetId : std::uint32_t {};

inline constexpr std::chrono::days kLongestBadgeRecord{400};

/// What a badge is besides its access set.
struct BadgeFlags {
    bool always = false;         ///< at any hour, also with an untrusted clock or an expired policy
    bool emergency = false;      ///< the same, also after 30 days
    bool longer_unlock = false;  ///< its holder needs more time
    bool revoked = false;        ///< lost or taken away: known and refused

    bool operator==(const BadgeFlags&) const = default;
};

/// One badge of a policy.
struct BadgeRecord {
    BadgeHash hash{};
    BadgeRef badge{};
    Moment from{};  ///< half-open; not longer than kLongestBadgeRecord
    Moment until{};
    AccessSetId access{};
    BadgeFlags flags;

    bool operator==(const BadgeRecord&) const = default;
};

/// A door or a zone, and when.
struct AccessRule {
    std::uint16_t scope = 0;
    ScheduleId schedule{};

    auto operator<=>(const AccessRule&) const = default;
};

/// What many badges have in common.
struct AccessSet {
    AccessSetId id{};
    std::vector<AccessRule> rules;  ///< ascending

    bool operator==(const AccessSet&) const = default;
};

}  // namespace creneau::policy
