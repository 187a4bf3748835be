#include "door-agent/clock/boot_time.hpp"
#include "door-agent/locks/board_table.hpp"
#include "door-agent/locks/bus_rules.hpp"
#include "door-agent/locks/bus_worker.hpp"
#include "door-agent/locks/frames.hpp"
#include "door-agent/locks/lock.hpp"
#include "door-agent/locks/lock_bus.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <utility>

namespace creneau::door {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kBusyPause{50};
constexpr milliseconds kRepeatPause{200};  // from the second repetition on
constexpr int kTriesBeforeAnswer = 3;

}  // namespace

void LockBus::Worker::order_release(std::size_t lock) {
    LockState& state = state_.locks[lock];
    state.must_release = true;
    state.release_tries = 0;
    state.release_at = boot_now();
    state.on_until.reset();
    state.hold_until.reset();
    state.seen_on = false;
}

void LockBus::Worker::release(std::size_t lock) {
    LockState& state = state_.locks[lock];
    UnitState& unit = state_.units[state.unit];
    const UnitInfo& info = units_[state.unit];
    ++state.release_tries;
    ask(state.unit, off_request(*info.board, info.unit, state.channel));
    const RelayState relay = look(lock);
    const LockResult result = after_release(relay);
    if (result == LockResult::done) {
        confirm_off(lock);
        return;
    }
    const ReleaseRetry retry = release_retry(state, unit, relay, boot_now());
    state.release_at = retry.at;
    if (retry.silence) {
        unit.not_before = retry.at;
    }
    if (state.release_tries >= kTriesBeforeAnswer || unit.lost) {
        answer_release(lock, result);
        if (relay == RelayState::on && !locks_[lock].told_stuck) {
            locks_[lock].told_stuck = true;
            tell(LockNotice::stuck_on, lock, "reads on after a release");
        }
    }
}

void LockBus::Worker::confirm_off(std::size_t lock) {
    LockState& state = state_.locks[lock];
    LockInfo& info = locks_[lock];
    state.must_release = false;
    state.release_tries = 0;
    state.on_until.reset();
    state.seen_on = false;
    info.told_stuck = false;
    if (std::exchange(info.told_lost, false)) {
        tell(LockNotice::bus_back, lock, "released and read back");
    }
    answer_release(lock, LockResult::done);
    tell_ready(lock);
}

void LockBus::Worker::answer_release(std::size_t lock, LockResult result) {
    for (const LockDone& done : std::exchange(locks_[lock].waiting_for_release, {})) {
        done(result);
    }
}

milliseconds LockBus::Worker::length_of(const Command& command) const {
    const auto& timer = locks_[command.lock].settings.external_timer;
    const bool timed = state_.locks[command.lock].ending == Ending::external_timer && timer;
    return timed ? std::min<milliseconds>(command.duration, *timer) : command.duration;
}

Request LockBus::Worker::request_for(const Command& command) const {
    const LockState& lock = state_.locks[command.lock];
    const UnitInfo& info = units_[lock.unit];
    if (lock.ending != Ending::board_pulse) {
        return on_request(*info.board, info.unit, lock.channel);
    }
    const milliseconds length = command.kind == CommandKind::hold
                                    ? std::min(command.duration, kHoldPulse)
                                    : command.duration;
    return pulse_request(*info.board, info.unit, lock.channel, length);
}

void LockBus::Worker::start_lease(const Command& command, BootTime sent_at) {
    LockState& lock = state_.locks[command.lock];
    const BoardModel& board = *units_[lock.unit].board;
    const milliseconds length = length_of(command);
    if (command.kind == CommandKind::hold) {
        lock.hold_until = sent_at + length;
        lock.renew_at = sent_at + kHoldRenewal;
    }
    if (lock.ending == Ending::board_pulse) {
        const milliseconds sent =
            command.kind == CommandKind::hold ? std::min(length, kHoldPulse) : length;
        lock.on_until = sent_at + pulse_length(board, sent);
    } else {
        lock.on_until = std::max(sent_at + length, lock.hold_until.value_or(BootTime(0)));
    }
    lock.seen_on = false;
    state_.units[lock.unit].outputs_due = sent_at;
}

void LockBus::Worker::energise(std::size_t index) {
    Command& command = state_.commands[index];
    LockState& lock = state_.locks[command.lock];
    const BootTime sent_at = boot_now();
    if (command.kind == CommandKind::pulse && lock.hold_until &&
        *lock.hold_until > sent_at + command.duration) {
        finish(index, Verdict::done, RelayState::unknown);
        return;
    }
    const Reply reply = ask(lock.unit, request_for(command));
    const Verdict verdict = after_energise(reply.outcome);
    if (verdict == Verdict::look) {
        command.in_doubt = true;
        lock.in_doubt = true;
    } else if (verdict == Verdict::again) {
        command.not_before = boot_now() + kBusyPause;
    } else {
        if (verdict == Verdict::done) {
            start_lease(command, sent_at);
        }
        finish(index, verdict, RelayState::unknown);
    }
}

void LockBus::Worker::settle_doubt(std::size_t index) {
    Command& command = state_.commands[index];
    const RelayState relay = look(command.lock);
    const Verdict verdict = after_doubt(relay, command.granted_at, boot_now());
    switch (verdict) {
        case Verdict::look:
            command.not_before = boot_now() + kBusyPause;
            return;
        case Verdict::again:
            command.in_doubt = false;
            state_.locks[command.lock].in_doubt = false;
            command.not_before = boot_now() + (command.repeats++ > 0 ? kRepeatPause : BootTime(0));
            return;
        case Verdict::done:
            start_lease(command, boot_now());
            return finish(index, verdict, relay);
        case Verdict::refused:
        case Verdict::unknown:
            return finish(index, verdict, relay);
    }
}

/// Not confirmed is not repeated at once: the pulse before still runs, and the next renewal comes.
void LockBus::Worker::renew(std::size_t lock) {
    LockState& state = state_.locks[lock];
    if (!state.hold_until) {
        return;
    }
    const UnitInfo& info = units_[state.unit];
    const BootTime now = boot_now();
    const milliseconds length = hold_pulse(*state.hold_until, now);
    state.renew_at = now + kHoldRenewal;
    const Reply reply =
        ask(state.unit, pulse_request(*info.board, info.unit, state.channel, length));
    if (reply.outcome == Outcome::done && state.hold_until) {
        state.on_until = now + pulse_length(*info.board, length);
    }
}

void LockBus::Worker::read_back(std::size_t index) {
    const RelayState relay = look(state_.commands[index].lock);
    if (relay != RelayState::unknown || state_.open) {
        finish(index, Verdict::done, relay);
    }
}

void LockBus::Worker::expire(std::size_t index) {
    const Command command = state_.commands[index];
    finish(index, on_expiry(command), RelayState::unknown);
    if (command.in_doubt) {
        order_release(command.lock);
    }
}

void LockBus::Worker::finish(std::size_t index, Verdict verdict, RelayState relay) {
    const Command command = state_.commands[index];
    state_.commands.erase(state_.commands.begin() + static_cast<std::ptrdiff_t>(index));
    if (command.in_doubt) {
        state_.locks[command.lock].in_doubt = false;
    }
    const Answer answer = std::move(answers_.extract(command.id).mapped());
    if (answer.read) {
        answer.read(relay);
    }
    if (answer.done) {
        answer.done(verdict == Verdict::done      ? LockResult::done
                    : verdict == Verdict::refused ? LockResult::refused
                                                  : LockResult::unknown);
    }
}

void LockBus::Worker::cancel_commands(std::size_t lock, LockResult result) {
    const Verdict verdict = result == LockResult::refused ? Verdict::refused : Verdict::unknown;
    for (std::size_t i = state_.commands.size(); i-- > 0;) {
        const Command& command = state_.commands[i];
        if (command.lock == lock && command.kind != CommandKind::read_back) {
            finish(i, command.in_doubt ? Verdict::unknown : verdict, RelayState::unknown);
        }
    }
}

}  // namespace creneau::door
