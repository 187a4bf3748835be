#pragma once

#include "door-agent/door/door_options.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <variant>

namespace creneau::door {

/// Levels of a door's inputs, debounced. Absent: not wired, or not known at the moment.
struct Levels {
    std::optional<bool> open;
    std::optional<bool> exit;
    std::optional<bool> fire;
    friend bool operator==(const Levels&, const Levels&) = default;
};

/// What is told of a door besides grants and faults. found_open: it stands open when its contact
/// is first seen, and nobody knows since when.
enum class DoorNews : std::uint8_t {
    forced,
    forced_over,
    held_soon,
    held_open,
    held_over,
    found_open,
    fire,
    fire_over,
    free_access,
    free_access_over
};

/// Stable word, such as "held_open".
[[nodiscard]] const char* word_of(DoorNews news) noexcept;

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
struct Released {};  ///< a release was read back
struct Options {     ///< what the policy says of the door
    DoorOptions options;
};
struct FreeAccess {  ///< whether the policy says free access now
    bool scheduled = false;
};
struct Inputs {
    Levels levels;
};
struct Tick {};
}  // namespace on

using DoorEvent = std::variant<on::LockReady, on::LockLost, on::LockDoubt, on::LockStuckOff,
                               on::Grant, on::PulseDone, on::PulseRefused, on::PulseUnknown,
                               on::Released, on::Options, on::FreeAccess, on::Inputs, on::Tick>;

namespace act {
struct Pulse {
    std::chrono::milliseconds duration{};
    std::uint64_t grant = 0;
    friend bool operator==(const Pulse&, const Pulse&) = default;
};
struct Hold {  ///< energise for this long, again and again
    std::chrono::milliseconds lease{};
    friend bool operator==(const Hold&, const Hold&) = default;
};
struct Release {
    friend bool operator==(const Release&, const Release&) = default;
};
struct ReportFault {  ///< the lock did not do what was asked
    friend bool operator==(const ReportFault&, const ReportFault&) = default;
};
struct Tell {  ///< for journal and screens
    DoorNews news{};
    friend bool operator==(const Tell&, const Tell&) = default;
};
}  // namespace act

using DoorAction = std::variant<act::Pulse, act::Hold, act::Release, act::ReportFault, act::Tell>;

}  // namespace creneau::door
