#pragma once

#include "policy/schedule.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace creneau::policy {

/// What the town says of a door until it says otherwise, however old the policy is.
enum class ServiceState : std::uint8_t {
    in_service,
    disabled,  ///< out of use
    lockdown,  ///< nothing opens it from outside
};

/// When the lock closes again after a grant.
enum class Relock : std::uint8_t {
    on_closing,  ///< as soon as the door has opened and closed again
    on_opening,  ///< as soon as the door has opened
    after_time,  ///< when the unlock time is over
};

/// Is a badge refused that entered by the same door a short time ago?
enum class PassbackMode : std::uint8_t {
    off,
    soft,  ///< it opens, and is reported
    hard,  ///< it is refused
};

inline constexpr std::chrono::minutes kLongestPassback = std::chrono::days{1};

struct Passback {
    PassbackMode mode = PassbackMode::off;
    std::chrono::minutes within{0};  ///< at most kLongestPassback; 0 where off

    bool operator==(const Passback&) const = default;
};

/// How long a door may stand open. Absent limits never alarm.
struct HeldOpen {
    std::chrono::seconds limit{0};      ///< alarm after this; 0: never; at most an hour
    std::chrono::seconds pre_alarm{0};  ///< so long before the limit; below it

    bool operator==(const HeldOpen&) const = default;
};

// What a manifest holds at most; whoever names doors for one has to stay below.
inline constexpr std::size_t kLongestDoorName = 200;  ///< bytes of UTF-8
inline constexpr std::size_t kMostDoors = 1'024;      ///< of one agent

/// A lock of this agent.
struct Door {
    std::uint16_t scope = 0;  ///< 1 to 0x7FFF
    std::string key;
    std::string name;
    std::chrono::milliseconds unlock_time{5'000};  ///< 500 ms to 60 s
    std::chrono::milliseconds longer_unlock_time{
        15'000};  ///< for who needs it; not below the other
    ServiceState state = ServiceState::in_service;
    bool passes_when_expired = false;  ///< go on accepting passes when the policy has expired
    bool high_assurance = false;       ///< refuses badges of low assurance
    HeldOpen held_open{};
    Relock relock = Relock::on_closing;
    Passback passback{};
    std::optional<ScheduleId>
        free_access{};              ///< when it stands open for everybody; see free_until()
    bool free_after_first = false;  ///< only once somebody was let in within that interval

    bool operator==(const Door&) const = default;
};

}  // namespace creneau::policy
