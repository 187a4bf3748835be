#pragma once

#include "door-agent/clock/boot_time.hpp"
#include "policy/badge.hpp"
#include "qr/pass.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace creneau::door {

enum class EventKind : std::uint8_t {
    journal_started,
    agent_started,
    agent_stopped,
    granted,
    refused,
    unsigned_reads,  ///< one reader's malformed or badly signed reads of one minute
    suppressed,      ///< refusals beyond the cap of one minute, only counted
    lock_fault,
    lock_restored,
    reader_lost,
    reader_back,
    policy_accepted,
    policy_refused,
    clock_changed,
    door_alarm,       ///< forced, held open
    door_alarm_over,  ///< its end
    door_state,       ///< fire, free access, found open, about to be held open
    grant_undone,     ///< its row came on disk after the door had refused: it did not open
    gap,              ///< ordinary rows that made way when the journal was full
    purge,            ///< rows past their retention
};

std::string_view name(EventKind kind);

/// Security events stay when a full journal makes room; the others may go.
bool is_security(EventKind kind);

/// What is known of a credential once its signature has verified.
struct PassMark {
    qr::PassId pass_id{};
    std::uint8_t revision = 0;
    friend auto operator<=>(const PassMark&, const PassMark&) = default;
};

/// One row of the journal. No digit or byte of a scanned code has a place in it.
struct Event {
    EventKind kind = EventKind::agent_started;
    std::chrono::sys_seconds at{};
    BootTime boot{};
    std::string clock;   ///< trusted, holdover or untrusted
    std::string door;    ///< key of the door, or empty
    std::string reader;  ///< key of the reader, or empty
    std::string reason;  ///< the stable word
    std::string detail;  ///< plain English for whoever repairs
    std::optional<PassMark> pass;
    std::optional<policy::BadgeRef> badge;  ///< one that the policy names; never its number
    std::int64_t count = 1;
};

}  // namespace creneau::door
