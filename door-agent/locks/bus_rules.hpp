#pragma once

#include "door-agent/clock/boot_time.hpp"
#include "door-agent/locks/board_table.hpp"
#include "door-agent/locks/frames.hpp"
#include "door-agent/locks/indicator_state.hpp"
#include "door-agent/locks/lock.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

/// What a bus does next, and what an outcome means: decisions over plain structs, without a bus.
namespace creneau::door {

/// A command is neither sent nor repeated once its grant is this old.
inline constexpr std::chrono::milliseconds kGrantAge{2000};
/// A held lock on a board with pulses: pulses of kHoldPulse, sent again every kHoldRenewal.
inline constexpr std::chrono::milliseconds kHoldPulse{5000};
inline constexpr std::chrono::milliseconds kHoldRenewal{2000};
/// How far a board's own timer may be off before its relay counts as stuck or switched.
inline constexpr std::chrono::milliseconds kEndSlack{300};

struct LockState {
    std::size_t unit = 0;  ///< index into BusState::units
    int channel = 0;
    Ending ending = Ending::board_pulse;
    bool must_release = true;  ///< not yet read back as off; nothing else is done before
    int release_tries = 0;
    BootTime release_at{0};            ///< the next attempt, not before
    std::optional<BootTime> on_until;  ///< we switched it on; hardware or we end it then
    bool seen_on = false;              ///< since then it has read on
    bool in_doubt = false;             ///< a write got no usable answer
    std::optional<BootTime> hold_until;
    BootTime renew_at{0};
};

struct UnitState {
    bool has_inputs = false;
    bool has_rules = false;
    std::chrono::milliseconds watchdog{0};  ///< 0: none
    bool settings_known = false;            ///< read since the unit was last lost
    bool settings_ok = false;
    bool lost = false;
    int failures = 0;        ///< in a row
    BootTime not_before{0};  ///< left alone until then
    BootTime outputs_due{0};
    BootTime inputs_due{0};
    bool inputs_unsettled = false;  ///< a change was seen once and waits for its second look
    BootTime settings_due{0};
};

enum class CommandKind : std::uint8_t { pulse, hold, read_back };

struct Command {
    std::uint64_t id = 0;
    CommandKind kind = CommandKind::pulse;
    std::size_t lock = 0;
    std::chrono::milliseconds duration{0};
    BootTime granted_at{0};
    BootTime not_before{0};
    bool in_doubt = false;
    int repeats = 0;
};

struct BusState {
    bool open = false;
    BootTime open_at{0};
    std::vector<LockState> locks;
    std::vector<UnitState> units;
    std::vector<IndicatorState> indicators;
    std::vector<Command> commands;  ///< in the order they came
};

enum class Action : std::uint8_t {
    expire,  ///< index: command
    open,
    release,         ///< index: lock
    energise,        ///< index: command
    settle_doubt,    ///< index: command
    renew,           ///< index: lock
    check_settings,  ///< index: unit
    read_back,       ///< index: command
    poll_outputs,    ///< index: unit
    poll_inputs,     ///< index: unit
    poll_settings,   ///< index: unit
    indicate,        ///< index: indicator
    wait,            ///< until `until` or a new command
};

struct Step {
    Action action = Action::wait;
    std::size_t index = 0;
    BootTime until{0};
};

/// Release before pulse before renewal before settings before an input's second look before
/// polling before lights; a lost or silent unit delays only itself.
[[nodiscard]] Step next_step(const BusState& bus, BootTime now);

/// Locks that only software switches off in time: marks those whose time has come.
void end_leases(BusState& bus, BootTime now);

enum class Verdict : std::uint8_t { done, refused, unknown, look, again };

/// After sending on or pulse.
[[nodiscard]] Verdict after_energise(Outcome outcome);
/// After reading back a relay whose command is in doubt.
[[nodiscard]] Verdict after_doubt(RelayState relay, BootTime granted_at, BootTime now);
/// For a command that has become too old.
[[nodiscard]] Verdict on_expiry(const Command& command);
/// After a release: what was read decides, not what was acknowledged.
[[nodiscard]] LockResult after_release(RelayState relay);
/// When a release that was not confirmed is tried again. A board that hears us but does not obey
/// is left in silence long enough for its watchdog.
struct ReleaseRetry {
    BootTime at;
    bool silence = false;
};
[[nodiscard]] ReleaseRetry release_retry(const LockState& lock, const UnitState& unit,
                                         RelayState relay, BootTime now);

/// What a polled output means.
enum class Seen : std::uint8_t {
    as_expected,
    ended,
    switched_on,
    switched_off,
    overdue,
    no_effect
};
[[nodiscard]] Seen judge_output(const LockState& lock, bool on, BootTime now);

/// How long a pulse to send for a hold, and whether one is due.
[[nodiscard]] std::chrono::milliseconds hold_pulse(BootTime hold_until, BootTime now);
[[nodiscard]] bool renewal_due(const LockState& lock, BootTime now);

/// Pause before a unit, or a connection, that failed `failures` times in a row is tried again.
[[nodiscard]] std::chrono::milliseconds back_off(int failures);
/// One failure may be noise; two in a row are a loss.
[[nodiscard]] bool counts_as_lost(int failures);

}  // namespace creneau::door
