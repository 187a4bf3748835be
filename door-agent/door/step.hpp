#pragma once

#include "door-agent/clock/boot_time.hpp"
#include "door-agent/door/door_events.hpp"
#include "door-agent/door/door_options.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace creneau::door {

/// What a door is doing, the gravest first: a door is shown in the first that is true.
/// fault: the lock does not accept commands, or what it did is unknown; nothing opens.
/// fire: the fire input is on; no alarm. forced: opened without anybody's right, still open.
/// held_open: open past its limit. held_soon: the limit is near. lockdown, disabled: by the policy.
/// open: opened by right. free_access: held unlocked by the schedule. granted: a pulse was asked
/// for and its time to enter runs. locked: the relay is off.
enum class DoorPhase : std::uint8_t {
    fault,
    fire,
    forced,
    held_open,
    held_soon,
    lockdown,
    disabled,
    open,
    free_access,
    granted,
    locked
};

/// Stable word, such as "held_open".
[[nodiscard]] const char* word_of(DoorPhase phase) noexcept;

/// Somebody let in may open the door this long after the grant, however short the pulse; and
/// somebody who leaves, after the request to exit.
inline constexpr std::chrono::seconds kTimeToEnter{10};
/// A relay in doubt is released again this often until it reads off.
inline constexpr std::chrono::seconds kReleaseAgain{2};
/// Free access is a lease of this length, renewed that often; a relay that did not obey is asked
/// again later.
inline constexpr std::chrono::seconds kHoldLease{6};
inline constexpr std::chrono::seconds kHoldRenew{2};
inline constexpr std::chrono::seconds kHoldAgain{30};
/// What happens at a door is known this late at most: one round of the bus, or one release on it.
inline constexpr std::chrono::seconds kSeenLate{2};
/// A request to exit that is seen this much after the opening still shunts it.
inline constexpr std::chrono::milliseconds kExitLate{500};

enum class Held : std::uint8_t { no, soon, alarm };

/// A door between two events. Plain data; times on the boot clock.
struct DoorState {
    DoorOptions options;
    Levels levels;       ///< the last known: contact absent while unknown
    bool fire = false;   ///< stays as last known when the input is lost
    bool ready = false;  ///< the lock was released, read back and accepts pulses
    bool doubt = false;  ///< nobody knows what the relay does; cleared by a release read back
    bool granted = false;
    std::uint64_t grant = 0;    ///< number of the latest grant; answers to older ones are ignored
    BootTime relock_at{};       ///< end of the pulse asked for
    BootTime enter_until{};     ///< end of the time to enter
    BootTime release_at{};      ///< in doubt: when to release again
    bool scheduled = false;     ///< the policy says free access now
    BootTime hold_until{};      ///< end of the lease asked for
    BootTime hold_at{};         ///< when to ask for the next
    BootTime may_open_until{};  ///< an opening before is somebody's right, whatever the lock did
    std::optional<BootTime> unexplained;  ///< opened then without a right, not yet an alarm
    bool forced = false;
    BootTime open_from{};  ///< what the time open is counted from
    Held held = Held::no;
    friend bool operator==(const DoorState&, const DoorState&) = default;
};

[[nodiscard]] DoorPhase phase_of(const DoorState& state);

/// Would a Grant be obeyed? The lock is usable and the door in service.
[[nodiscard]] bool accepts_grants(const DoorState& state);

/// May the relay be on? False at rest.
[[nodiscard]] bool may_be_energised(const DoorState& state, BootTime now);

struct DoorStep {
    DoorState state;
    std::vector<DoorAction> actions;
};

/// The door's whole behaviour: pure, no clock, no I/O. The relay is asked for by a Grant, or by
/// free access while it lasts, and only of a lock that is ready at a door in service.
[[nodiscard]] DoorStep step(const DoorState& state, const DoorEvent& event, BootTime now);

}  // namespace creneau::door
