#pragma once

#include "door-agent/clock/boot_time.hpp"

#include <chrono>
#include <cstdint>
#include <variant>
#include <vector>

namespace creneau::door {

/// fault: the lock does not accept commands, or what it did is unknown; nothing opens.
/// locked: the relay is off. granted: a pulse was asked for and its time to enter runs.
/// disabled: the policy has put the door out of use.
enum class DoorPhase : std::uint8_t { fault, locked, granted, disabled };

/// Somebody let in may open the door this long after the grant, however short the pulse.
inline constexpr std::chrono::seconds kTimeToEnter{10};

/// A relay in doubt is released again this often until it reads off.
inline constexpr std::chrono::seconds kReleaseAgain{2};

/// A door between two events. Plain data; times on the boot clock.
struct DoorState {
    bool ready = false;     ///< the lock was released, read back and accepts pulses
    bool doubt = false;     ///< nobody knows what the relay does; cleared by a release read back
    bool disabled = false;  ///< by the policy
    bool granted = false;
    std::uint64_t grant = 0;  ///< number of the latest grant; answers to older ones are ignored
    BootTime relock_at{};     ///< end of the pulse asked for
    BootTime enter_until{};   ///< end of the time to enter
    BootTime release_at{};    ///< in doubt: when to release again
    friend bool operator==(const DoorState&, const DoorState&) = default;
};

[[nodiscard]] DoorPhase phase_of(const DoorState& state);

/// May the relay be on? False at rest.
[[nodiscard]] bool may_be_energised(const DoorState& state, BootTime now);

namespace on {
struct LockReady {};  ///< released, read back, accepts pulses
struct LockLost {};   ///< bus lost, board refused
struct LockDoubt {};  ///< somebody else wrote to the board, or the relay reads on when it must not
struct LockStuckOff {};  ///< the relay reads off though the board acknowledged a pulse
struct Grant {           ///< a credential was accepted now
    std::chrono::milliseconds unlock{};
};
struct PulseDone {
    std::uint64_t grant = 0;
};
struct PulseRefused {  ///< certainly not executed
    std::uint64_t grant = 0;
};
struct PulseUnknown {  ///< nobody knows whether it was executed
    std::uint64_t grant = 0;
};
struct Released {};    ///< a release was read back
struct Availability {  ///< what the policy says of the door
    bool enabled = true;
};
struct Tick {};
}  // namespace on

using DoorEvent = std::variant<on::LockReady, on::LockLost, on::LockDoubt, on::LockStuckOff,
                               on::Grant, on::PulseDone, on::PulseRefused, on::PulseUnknown,
                               on::Released, on::Availability, on::Tick>;

namespace act {
struct Pulse {
    std::chrono::milliseconds duration{};
    std::uint64_t grant = 0;
    friend bool operator==(const Pulse&, const Pulse&) = default;
};
struct Release {
    friend bool operator==(const Release&, const Release&) = default;
};
struct ReportFault {  ///< the lock did not do what was asked
    friend bool operator==(const ReportFault&, const ReportFault&) = default;
};
}  // namespace act

using DoorAction = std::variant<act::Pulse, act::Release, act::ReportFault>;

struct DoorStep {
    DoorState state;
    std::vector<DoorAction> actions;
};

/// The door's whole behaviour: pure, no clock, no I/O. Only a Grant ever asks for a pulse, and only
/// of a lock that is ready at a door in use.
[[nodiscard]] DoorStep step(const DoorState& state, const DoorEvent& event, BootTime now);

}  // namespace creneau::door
