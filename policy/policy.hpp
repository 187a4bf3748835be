#pragma once

#include "policy/badge.hpp"
#include "policy/certificate.hpp"
#include "policy/door.hpp"
#include "policy/schedule.hpp"
#include "qr/pass.hpp"
#include "qr/public_key.hpp"

#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::policy {

/// Policies of one agent are ordered by generation (signed by the root), then version.
struct Order {
    std::uint32_t generation = 0;
    std::uint64_t version = 0;

    auto operator<=>(const Order&) const = default;
};

[[nodiscard]] inline bool newer(const Order& a, const Order& b) {
    return a > b;
}

/// The version after `previous` (0: none): one more, and never below the Unix milliseconds.
[[nodiscard]] std::uint64_t next_version(std::uint64_t previous,
                                         std::chrono::sys_time<std::chrono::milliseconds> now);

inline constexpr std::chrono::seconds kLargestSkew{300};
inline constexpr std::chrono::seconds kLongestExpired = std::chrono::days{30};

/// Figures the town sets for its doors.
struct Settings {
    std::chrono::seconds skew{120};                         ///< 0 to kLargestSkew
    std::chrono::seconds fresh = std::chrono::hours{1};     ///< younger: nothing to say
    std::chrono::seconds expired = std::chrono::hours{72};  ///< older: see decide(); ≤ 30 days

    bool operator==(const Settings&) const = default;
};

inline constexpr std::size_t kMostZones = 4'096;  ///< with doors of one agent

/// A named set of doors of this agent.
struct Zone {
    std::uint16_t scope = 0;           ///< from 0x8000
    std::vector<std::uint16_t> doors;  ///< scopes of doors, ascending

    bool operator==(const Zone&) const = default;
};

/// Every revision up to `revision` of the pass is refused. After `end` its window is over anyway.
struct Revocation {
    qr::PassId pass_id{};
    std::uint8_t revision = 0;
    std::chrono::sys_seconds end{};

    bool operator==(const Revocation&) const = default;
};

/// A pass key whose certificate was opened.
struct PassKey {
    qr::PublicKey key;
    Certificate certificate;

    bool operator==(const PassKey&) const = default;
};

/// The pass keys a door knows, at most one per key id.
class Keyring {
  public:
    /// False, and nothing changes, when the key id is taken.
    bool add(const PassKey& key);

    /// Null when unknown.
    [[nodiscard]] const PassKey* find(std::uint8_t key_id) const;

    [[nodiscard]] const std::vector<PassKey>& keys() const { return keys_; }

    bool operator==(const Keyring&) const = default;

  private:
    std::vector<PassKey> keys_;
};

/// What one door agent decides from. Made by open_policy_file, which leaves doors and zones
/// ascending by scope, revocations by pass id, badges by hash, schedules and access sets by id.
struct Policy {
    qr::TownId town{};
    std::string agent;
    Order order;
    std::chrono::sys_seconds issued_at{};
    std::vector<std::uint8_t> nonce;  ///< empty in an exported file, else 16 bytes
    Settings settings;
    std::vector<Door> doors;
    std::vector<Zone> zones;
    Keyring pass_keys;
    std::vector<Revocation> revocations;
    BadgeHashKey badge_key{};
    std::vector<BadgeRecord> badges;
    std::vector<AccessSet> access_sets;
    std::vector<Schedule> schedules;

    /// Null when this agent has no such door.
    [[nodiscard]] const Door* find_door(std::uint16_t scope) const;
    [[nodiscard]] const Door* find_door(std::string_view key) const;

    /// Does a pass for `scope` (a door or a zone) cover this door?
    [[nodiscard]] bool covers(std::uint16_t scope, std::uint16_t door) const;

    /// Null when the pass was never revoked.
    [[nodiscard]] const Revocation* find_revocation(qr::PassId pass) const;

    /// Null when this agent's doors admit no badge of that number.
    [[nodiscard]] const BadgeRecord* find_badge(const BadgeNumber& number) const;
    [[nodiscard]] const AccessSet* find_access_set(AccessSetId id) const;
    [[nodiscard]] const Schedule* find_schedule(ScheduleId id) const;
};

/// How old a policy is, in the three tiers of its settings.
enum class Freshness : std::uint8_t { fresh, stale, expired };

[[nodiscard]] Freshness freshness(const Settings& settings, std::chrono::seconds age);

}  // namespace creneau::policy
