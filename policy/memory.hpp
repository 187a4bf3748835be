#pragma once

#include "policy/badge.hpp"
#include "policy/policy.hpp"
#include "qr/pass.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>

namespace creneau::policy {

/// The highest revision of a pass that was shown, well signed, to this agent.
struct RevisionMark {
    qr::PassId pass_id{};
    std::uint8_t revision = 0;
    std::chrono::sys_seconds end{};

    bool operator==(const RevisionMark&) const = default;
};

/// A once-per-door pass opened this door.
struct UseMark {
    qr::PassId pass_id{};
    std::uint16_t door = 0;
    std::chrono::sys_seconds end{};

    bool operator==(const UseMark&) const = default;
};

/// A badge was let in by this door.
struct EntryMark {
    BadgeRef badge{};
    std::uint16_t door = 0;
    std::chrono::sys_seconds at{};

    bool operator==(const EntryMark&) const = default;
};

/// Somebody was let in by a door whose free access waits for the first.
struct FirstMark {
    std::uint16_t door = 0;
    std::chrono::sys_seconds at{};

    bool operator==(const FirstMark&) const = default;
};

/// What a decision asks the agent to remember. A use mark must be on disk before the pulse; when
/// it cannot be, the door stays locked. A revision mark may follow. Entry and first marks need no
/// disk: they serve for hours, and forgetting them opens nothing that was not open before.
struct MemoryChanges {
    std::optional<RevisionMark> revision;
    std::optional<UseMark> use;
    std::optional<EntryMark> entry{};
    std::optional<FirstMark> first{};

    [[nodiscard]] bool empty() const { return !revision && !use && !entry && !first; }
    bool operator==(const MemoryChanges&) const = default;
};

/// What an agent remembers between decisions. Plain data: whoever owns it persists it.
struct Memory {
    struct Ending {
        std::uint8_t revision = 0;
        std::chrono::sys_seconds end{};
        bool operator==(const Ending&) const = default;
    };
    std::map<qr::PassId, Ending> revisions;
    std::map<qr::PassId, Ending> revocations;
    std::map<std::pair<qr::PassId, std::uint16_t>, std::chrono::sys_seconds> uses;
    std::map<std::pair<BadgeRef, std::uint16_t>, std::chrono::sys_seconds> entries;
    std::map<std::uint16_t, std::chrono::sys_seconds> firsts;  ///< by door, the latest

    bool operator==(const Memory&) const = default;
};

/// Writes down what a decision asked for. Marks only rise.
void apply(Memory& memory, const MemoryChanges& changes);

/// Takes over one revocation: the higher revision and the later end win.
void remember(Memory& memory, const Revocation& revocation);

/// Takes over the revocations of an accepted policy, keeps the others whatever it says, and drops
/// everything that ended more than a day before the policy was issued (never by the clock).
void merge(Memory& memory, const Policy& policy);

}  // namespace creneau::policy
