#pragma once

#include "door-agent/clock/boot_time.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace creneau::door {

/// What became of a command. `refused`: certainly not executed. `unknown`: the bus did not say, or
/// said something unusable, and reading back did not settle it.
enum class LockResult : std::uint8_t { done, refused, unknown };

/// What the relay reads. `unknown` while the bus is lost.
enum class RelayState : std::uint8_t { off, on, unknown };

using LockDone = std::function<void(LockResult)>;
using RelayRead = std::function<void(RelayState)>;

/// One relay that energises one lock. Energised is a lease that hardware ends (board pulse,
/// communication watchdog or a declared external timer): a crash never leaves it on.
///
/// Every call returns at once and may come from any thread. The answer is called exactly once, on
/// the thread that owns the bus (on the caller's when the queue is full): it must be brief, must
/// not throw and must not call a blocking function of a lock. It may be empty.
class Lock {
  public:
    Lock() = default;
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;
    virtual ~Lock() = default;

    /// Energises for `duration` (100 ms to 60 s, rounded up to what the board can do). `granted_at`
    /// is when the credential was accepted: nothing is sent, or sent again, once it is 2 s old.
    /// `done` when the board has acknowledged the command, or the relay reads on after a doubt.
    /// A later release() on the same lock cancels a pulse that still waits (`refused`).
    virtual void pulse(std::chrono::milliseconds duration, BootTime granted_at, LockDone done) = 0;

    /// Energises until `lease` from now; called again, it replaces the end. Ends by itself.
    virtual void hold(std::chrono::milliseconds lease, LockDone done) = 0;

    /// De-energises and reads back. `done` when the relay reads off, `refused` when it still reads
    /// on, `unknown` when it could not be read. Unless done, it is tried again by itself for ever.
    virtual void release(LockDone done) = 0;

    /// Reads the relay over the bus.
    virtual void read_back(RelayRead done) = 0;
};

/// Blocking release for start, stop and the command line: `unknown` when nothing came in `limit`.
[[nodiscard]] LockResult release_within(Lock& lock, std::chrono::milliseconds limit);

/// What a lock or its bus tells without being asked.
enum class LockNotice : std::uint8_t {
    bus_lost,       ///< the lock's board does not answer; it is asked again until it does
    bus_back,       ///< it answers again; the lock has been released and read back
    ready,          ///< released, read back, board settings as required: pulses are accepted
    board_refused,  ///< the board's settings do not allow a safe lock: `detail` says which
    foreign_write,  ///< an output or mode register changed that we did not write; released
    stuck_on,       ///< the relay reads on after its end or after a release
    stuck_off,      ///< the relay reads off though the board acknowledged a pulse
};

/// The notice's stable word for journal and logs, e.g. "foreign_write".
[[nodiscard]] const char* word_of(LockNotice notice) noexcept;

struct LockEvent {
    LockNotice notice;
    std::string lock;    ///< key of the lock: whatever concerns a board is told for each lock on it
    std::string detail;  ///< for a person
    BootTime at;
};

/// Levels of a board's inputs: bit i is input i (1 = closed / energised). Sent at start, after each
/// reconnect and at each change, debounced; absent once the board is lost.
struct InputLevels {
    std::string bus;
    int unit;
    std::optional<unsigned> levels;
    BootTime at;
};

/// Both are called on the bus thread, under the rules of Lock's answers. Either may be empty.
struct LockListener {
    std::function<void(const LockEvent&)> event;
    std::function<void(const InputLevels&)> inputs;
};

}  // namespace creneau::door
