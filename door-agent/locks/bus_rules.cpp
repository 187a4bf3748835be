#include "door-agent/locks/bus_rules.hpp"

#include "door-agent/clock/boot_time.hpp"
#include "door-agent/locks/board_table.hpp"
#include "door-agent/locks/frames.hpp"
#include "door-agent/locks/indicator_state.hpp"
#include "door-agent/locks/lock.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>

namespace creneau::door {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kReleaseRetry{50};
constexpr milliseconds kReleasePause{1000};
constexpr int kQuickReleases = 3;
constexpr BootTime kNever = BootTime::max();

/// Collects the first thing that can be done now, else the soonest time something can.
class Chooser {
  public:
    explicit Chooser(BootTime now) : now_(now) { step_.until = kNever; }

    /// Offers an action that may be done from `from` on; true when it was taken.
    bool offer(Action action, std::size_t index, BootTime from) {
        if (taken_) {
            return true;
        }
        if (from <= now_) {
            step_ = {action, index, now_};
            taken_ = true;
        } else {
            remember(from);
        }
        return taken_;
    }

    void remember(BootTime when) { step_.until = std::min(step_.until, when); }
    [[nodiscard]] Step step() const { return step_; }

  private:
    BootTime now_;
    Step step_;
    bool taken_ = false;
};

bool accepts_commands(const LockState& lock, const UnitState& unit) {
    return !lock.must_release && unit.settings_ok && !unit.lost;
}

bool offer_expiries(const BusState& bus, Chooser& chooser) {
    for (std::size_t i = 0; i < bus.commands.size(); ++i) {
        if (chooser.offer(Action::expire, i, bus.commands[i].granted_at + kGrantAge)) {
            return true;
        }
    }
    return false;
}

bool offer_releases(const BusState& bus, Chooser& chooser) {
    for (std::size_t i = 0; i < bus.locks.size(); ++i) {
        const LockState& lock = bus.locks[i];
        const BootTime from = std::max(lock.release_at, bus.units[lock.unit].not_before);
        if (lock.must_release && chooser.offer(Action::release, i, from)) {
            return true;
        }
        if (lock.on_until && lock.ending != Ending::board_pulse) {
            chooser.remember(*lock.on_until);
        }
    }
    return false;
}

bool offer_commands(const BusState& bus, Chooser& chooser) {
    for (std::size_t i = 0; i < bus.commands.size(); ++i) {
        const Command& command = bus.commands[i];
        const LockState& lock = bus.locks[command.lock];
        const UnitState& unit = bus.units[lock.unit];
        if (command.kind == CommandKind::read_back || !accepts_commands(lock, unit)) {
            continue;
        }
        const Action action = command.in_doubt ? Action::settle_doubt : Action::energise;
        if (chooser.offer(action, i, std::max(command.not_before, unit.not_before))) {
            return true;
        }
    }
    return false;
}

bool offer_renewals(const BusState& bus, Chooser& chooser) {
    for (std::size_t i = 0; i < bus.locks.size(); ++i) {
        const LockState& lock = bus.locks[i];
        const UnitState& unit = bus.units[lock.unit];
        if (lock.hold_until && accepts_commands(lock, unit) &&
            renewal_due(lock, std::max(lock.renew_at, unit.not_before)) &&
            chooser.offer(Action::renew, i, std::max(lock.renew_at, unit.not_before))) {
            return true;
        }
    }
    return false;
}

bool offer_settings(const BusState& bus, Chooser& chooser) {
    for (std::size_t i = 0; i < bus.units.size(); ++i) {
        const UnitState& unit = bus.units[i];
        if (!unit.settings_known && chooser.offer(Action::check_settings, i, unit.not_before)) {
            return true;
        }
    }
    return false;
}

bool offer_reads(const BusState& bus, Chooser& chooser) {
    for (std::size_t i = 0; i < bus.commands.size(); ++i) {
        const Command& command = bus.commands[i];
        const BootTime from = bus.units[bus.locks[command.lock].unit].not_before;
        if (command.kind == CommandKind::read_back && chooser.offer(Action::read_back, i, from)) {
            return true;
        }
    }
    return false;
}

/// The second look at a change: an input of 400 ms is not missed on a busy line either.
bool offer_settling(const BusState& bus, Chooser& chooser) {
    for (std::size_t i = 0; i < bus.units.size(); ++i) {
        const UnitState& unit = bus.units[i];
        if (unit.inputs_unsettled && unit.has_inputs && !unit.lost &&
            chooser.offer(Action::poll_inputs, i, std::max(unit.inputs_due, unit.not_before))) {
            return true;
        }
    }
    return false;
}

/// When there is something to do for a light; never while its board is not what it should be.
std::optional<BootTime> indicator_due(const BusState& bus, const IndicatorState& shown) {
    const UnitState& unit = bus.units[shown.unit];
    if (unit.lost || !unit.settings_ok || (!shown.wanted_at && !shown.must_end)) {
        return std::nullopt;
    }
    return std::max(shown.wanted_at.value_or(shown.end_at), unit.not_before);
}

void offer_indicators(const BusState& bus, Chooser& chooser) {
    for (std::size_t i = 0; i < bus.indicators.size(); ++i) {
        if (const auto due = indicator_due(bus, bus.indicators[i])) {
            chooser.offer(Action::indicate, i, *due);
        }
    }
}

/// The poll that has been due for longest, or a light that polls have kept waiting.
void offer_polls(const BusState& bus, BootTime now, Chooser& chooser) {
    Step best{Action::wait, 0, kNever};
    const auto consider = [&](Action action, std::size_t unit, BootTime due) {
        const BootTime from = std::max(due, bus.units[unit].not_before);
        if (from <= now && due < best.until) {
            best = {action, unit, due};
        }
        chooser.remember(from);
    };
    for (std::size_t i = 0; i < bus.units.size(); ++i) {
        const UnitState& unit = bus.units[i];
        consider(Action::poll_outputs, i, unit.outputs_due);
        if (unit.has_inputs && !unit.lost) {
            consider(Action::poll_inputs, i, unit.inputs_due);
        }
        if (unit.has_rules && unit.settings_known && !unit.lost) {
            consider(Action::poll_settings, i, unit.settings_due);
        }
    }
    for (std::size_t i = 0; i < bus.indicators.size(); ++i) {
        const auto due = indicator_due(bus, bus.indicators[i]);
        if (due && *due + kIndicatorPatience <= now && *due + kIndicatorPatience < best.until) {
            best = {Action::indicate, i, *due + kIndicatorPatience};
        }
    }
    if (best.action != Action::wait) {
        chooser.offer(best.action, best.index, now);
    }
}

}  // namespace

Step next_step(const BusState& bus, BootTime now) {
    Chooser chooser(now);
    if (offer_expiries(bus, chooser)) {
        return chooser.step();
    }
    if (!bus.open) {
        chooser.offer(Action::open, 0, bus.open_at);
        return chooser.step();
    }
    if (!offer_releases(bus, chooser) && !offer_commands(bus, chooser) &&
        !offer_renewals(bus, chooser) && !offer_settings(bus, chooser) &&
        !offer_reads(bus, chooser) && !offer_settling(bus, chooser)) {
        offer_polls(bus, now, chooser);
        offer_indicators(bus, chooser);
    }
    return chooser.step();
}

void end_leases(BusState& bus, BootTime now) {
    for (LockState& lock : bus.locks) {
        if (lock.hold_until && *lock.hold_until <= now) {
            lock.hold_until.reset();
        }
        if (lock.ending != Ending::board_pulse && lock.on_until && *lock.on_until <= now &&
            !lock.must_release) {
            lock.must_release = true;
            lock.release_at = now;
            lock.release_tries = 0;
        }
    }
}

Verdict after_energise(Outcome outcome) {
    switch (outcome) {
        case Outcome::done:
            return Verdict::done;
        case Outcome::refused:
            return Verdict::refused;
        case Outcome::busy:
            return Verdict::again;
        case Outcome::unknown:
            return Verdict::look;
    }
    return Verdict::unknown;
}

Verdict after_doubt(RelayState relay, BootTime granted_at, BootTime now) {
    switch (relay) {
        case RelayState::on:
            return Verdict::done;
        case RelayState::off:
            return now - granted_at < kGrantAge ? Verdict::again : Verdict::refused;
        case RelayState::unknown:
            return now - granted_at < kGrantAge ? Verdict::look : Verdict::unknown;
    }
    return Verdict::unknown;
}

Verdict on_expiry(const Command& command) {
    return command.in_doubt || command.kind == CommandKind::read_back ? Verdict::unknown
                                                                      : Verdict::refused;
}

LockResult after_release(RelayState relay) {
    switch (relay) {
        case RelayState::off:
            return LockResult::done;
        case RelayState::on:
            return LockResult::refused;
        case RelayState::unknown:
            return LockResult::unknown;
    }
    return LockResult::unknown;
}

ReleaseRetry release_retry(const LockState& lock, const UnitState& unit, RelayState relay,
                           BootTime now) {
    if (lock.release_tries < kQuickReleases) {
        return {now + kReleaseRetry, false};
    }
    if (unit.watchdog > milliseconds(0) && relay != RelayState::off && !unit.lost) {
        return {now + unit.watchdog + kEndSlack, true};
    }
    return {now + kReleasePause, false};
}

Seen judge_output(const LockState& lock, bool on, BootTime now) {
    if (lock.must_release || lock.in_doubt) {
        return Seen::as_expected;
    }
    if (!lock.on_until) {
        return on ? Seen::switched_on : Seen::as_expected;
    }
    if (on) {
        return now > *lock.on_until + kEndSlack ? Seen::overdue : Seen::as_expected;
    }
    if (now + kEndSlack >= *lock.on_until) {
        return Seen::ended;
    }
    return lock.seen_on ? Seen::switched_off : Seen::no_effect;
}

milliseconds hold_pulse(BootTime hold_until, BootTime now) {
    return std::clamp(hold_until - now, milliseconds(100), kHoldPulse);
}

bool renewal_due(const LockState& lock, BootTime now) {
    return lock.ending == Ending::board_pulse && lock.hold_until && now >= lock.renew_at &&
           now < *lock.hold_until && lock.on_until.value_or(BootTime(0)) < *lock.hold_until;
}

milliseconds back_off(int failures) {
    if (failures <= 1) {
        return milliseconds(0);
    }
    return failures < 10 ? milliseconds(200) : milliseconds(1000);
}

bool counts_as_lost(int failures) {
    return failures >= 2;
}

}  // namespace creneau::door
