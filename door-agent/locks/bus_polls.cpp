#include "door-agent/clock/boot_time.hpp"
#include "door-agent/locks/board_table.hpp"
#include "door-agent/locks/bus_rules.hpp"
#include "door-agent/locks/bus_worker.hpp"
#include "door-agent/locks/frames.hpp"
#include "door-agent/locks/input_filter.hpp"
#include "door-agent/locks/lock.hpp"
#include "door-agent/locks/lock_bus.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace creneau::door {
namespace {

using std::chrono::milliseconds;

/// A refused board is looked at again this often, so that a corrected setting needs no restart.
constexpr milliseconds kRefusedAgain{1000};

std::uint16_t word(int value) {
    return static_cast<std::uint16_t>(value);
}

}  // namespace

RelayState LockBus::Worker::look(std::size_t lock) {
    const LockState& state = state_.locks[lock];
    unsigned outputs = 0;
    if (!state_.open || !read_outputs(state.unit, outputs)) {
        return RelayState::unknown;
    }
    const bool on = (outputs >> static_cast<unsigned>(state.channel) & 1U) != 0;
    return on ? RelayState::on : RelayState::off;
}

bool LockBus::Worker::read_outputs(std::size_t unit, unsigned& outputs) {
    const UnitInfo& info = units_[unit];
    const Reply reply = ask(unit, outputs_request(*info.board, info.unit));
    if (reply.outcome != Outcome::done) {
        if (state_.open) {
            note_failure(unit);  // it answers, but not what its relays are
        }
        return false;
    }
    outputs = outputs_in(*info.board, reply);
    apply_outputs(unit, outputs);
    return true;
}

void LockBus::Worker::apply_outputs(std::size_t unit, unsigned outputs) {
    for (std::size_t i = 0; i < locks_.size(); ++i) {
        if (state_.locks[i].unit == unit) {
            apply_output(i, (outputs >> static_cast<unsigned>(state_.locks[i].channel) & 1U) != 0);
        }
    }
}

void LockBus::Worker::apply_output(std::size_t lock, bool on) {
    LockState& state = state_.locks[lock];
    const Seen seen = judge_output(state, on, boot_now());
    state.seen_on = state.seen_on || (on && state.on_until);
    switch (seen) {
        case Seen::as_expected:
            return;
        case Seen::ended:
            if (state.ending == Ending::board_pulse) {
                state.on_until.reset();
                state.seen_on = false;
            }
            return;
        case Seen::switched_on:
            order_release(lock);
            return tell(LockNotice::foreign_write, lock, "switched on by somebody else");
        case Seen::switched_off:
            order_release(lock);
            return tell(LockNotice::foreign_write, lock, "switched off by somebody else");
        case Seen::overdue:
            order_release(lock);
            if (!std::exchange(locks_[lock].told_stuck, true)) {
                tell(LockNotice::stuck_on, lock, "reads on after its end");
            }
            return;
        case Seen::no_effect:
            order_release(lock);
            return tell(LockNotice::stuck_off, lock, "reads off though the board acknowledged");
    }
}

void LockBus::Worker::poll_inputs(std::size_t unit) {
    UnitInfo& info = units_[unit];
    state_.units[unit].inputs_due = boot_now() + settings_.poll_period;
    const Reply reply = ask(unit, {static_cast<std::uint8_t>(info.unit), Function::read_inputs, 0,
                                   word(info.board->channels)});
    if (reply.outcome == Outcome::refused) {
        // The variant without inputs, or a reply that was spoiled: asked again, but seldom.
        state_.units[unit].inputs_due = boot_now() + kRefusedAgain;
    }
    if (reply.outcome != Outcome::done) {
        return;
    }
    const BootTime now = boot_now();
    if (const auto levels = info.inputs.take(reply.bits, now)) {
        tell_inputs(unit, levels);
    }
    state_.units[unit].inputs_unsettled = info.inputs.unsettled();
    if (info.inputs.unsettled()) {
        state_.units[unit].inputs_due = now + InputFilter::kSettle;
    }
}

void LockBus::Worker::tell_inputs(std::size_t unit, std::optional<unsigned> levels) {
    if (listener_.inputs) {
        listener_.inputs({settings_.key, units_[unit].unit, levels, boot_now()});
    }
}

LockBus::Worker::Held LockBus::Worker::rule_held(std::size_t unit, const RegisterRule& rule) {
    const UnitInfo& info = units_[unit];
    const int first = rule.first + (rule.per_channel ? info.lowest : 0);
    const int count = rule.per_channel ? info.highest - info.lowest + 1 : 1;
    const Reply reply = ask(unit, {static_cast<std::uint8_t>(info.unit), Function::read_registers,
                                   word(first), word(count)});
    if (reply.outcome != Outcome::done) {
        return reply.outcome == Outcome::refused ? Held::no : Held::unknown;
    }
    for (const LockState& lock : state_.locks) {
        const int at = rule.per_channel ? lock.channel - info.lowest : 0;
        if (lock.unit == unit && reply.registers.at(static_cast<std::size_t>(at)) != rule.value) {
            return Held::no;
        }
    }
    return Held::yes;
}

bool LockBus::Worker::write_rule(std::size_t unit, const RegisterRule& rule) {
    const auto number = static_cast<std::uint8_t>(units_[unit].unit);
    for (const LockState& lock : state_.locks) {
        if (lock.unit != unit) {
            continue;
        }
        const int address = rule.first + (rule.per_channel ? lock.channel : 0);
        const Reply reply =
            ask(unit, {number, Function::write_register, word(address), rule.value});
        if (reply.outcome != Outcome::done) {
            return false;
        }
        if (!rule.per_channel) {
            break;
        }
    }
    return true;
}

/// False when nothing usable came; a board that does not tell its version is refused by the rules
/// that follow, not by this.
bool LockBus::Worker::read_version(std::size_t unit) {
    UnitInfo& info = units_[unit];
    info.version.clear();
    if (!info.board->version_register) {
        return true;
    }
    const Reply reply = ask(unit, {static_cast<std::uint8_t>(info.unit), Function::read_registers,
                                   *info.board->version_register, 1});
    if (reply.outcome == Outcome::done) {
        info.version = "version " + std::to_string(reply.registers[0]);
    }
    return reply.outcome == Outcome::done || reply.outcome == Outcome::refused;
}

void LockBus::Worker::check_settings(std::size_t unit) {
    if (!read_version(unit)) {
        return;
    }
    for (const RegisterRule& rule : units_[unit].rules) {
        Held held = rule_held(unit, rule);
        if (held == Held::no && rule.settable && write_rule(unit, rule)) {
            held = rule_held(unit, rule);
        }
        if (held == Held::unknown || !state_.open) {
            return;
        }
        if (held == Held::no) {
            refuse_settings(unit, "register " + std::to_string(rule.first) + ", " + rule.meaning +
                                      ", must be " + std::to_string(rule.value));
            return;
        }
    }
    accept_settings(unit);
}

void LockBus::Worker::accept_settings(std::size_t unit) {
    UnitState& state = state_.units[unit];
    state.settings_known = true;
    state.settings_ok = true;
    state.settings_due = boot_now() + settings_.poll_period;
    units_[unit].refusal.clear();
    for (std::size_t i = 0; i < locks_.size(); ++i) {
        if (state_.locks[i].unit == unit) {
            tell_ready(i);
        }
    }
}

void LockBus::Worker::refuse_settings(std::size_t unit, const std::string& why) {
    UnitState& state = state_.units[unit];
    state.settings_known = true;
    state.settings_ok = false;
    state.settings_due = boot_now() + kRefusedAgain;
    if (std::exchange(units_[unit].refusal, why) != why) {
        tell_unit(LockNotice::board_refused, unit, why);
    }
}

void LockBus::Worker::tell_ready(std::size_t lock) {
    const LockState& state = state_.locks[lock];
    if (!state.must_release && state_.units[state.unit].settings_ok &&
        !std::exchange(locks_[lock].told_ready, true)) {
        tell(LockNotice::ready, lock, units_[state.unit].version);
    }
}

void LockBus::Worker::poll_settings(std::size_t unit) {
    UnitInfo& info = units_[unit];
    UnitState& state = state_.units[unit];
    state.settings_due = boot_now() + settings_.poll_period;
    if (!state.settings_ok) {
        state.settings_known = false;
        return;
    }
    const RegisterRule& rule = info.rules[info.next_rule++ % info.rules.size()];
    if (rule_held(unit, rule) != Held::no) {
        return;
    }
    state.settings_known = false;
    state.settings_ok = false;
    for (std::size_t i = 0; i < locks_.size(); ++i) {
        if (state_.locks[i].unit == unit) {
            order_release(i);
            locks_[i].told_ready = false;
            tell(LockNotice::foreign_write, i, "changed by somebody else: " + rule.meaning);
        }
    }
}

}  // namespace creneau::door
