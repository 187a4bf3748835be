#include "door-agent/locks/bus_worker.hpp"

#include "door-agent/clock/boot_time.hpp"
#include "door-agent/locks/board_table.hpp"
#include "door-agent/locks/bus_lock.hpp"
#include "door-agent/locks/bus_port.hpp"
#include "door-agent/locks/bus_queue.hpp"
#include "door-agent/locks/bus_rules.hpp"
#include "door-agent/locks/frames.hpp"
#include "door-agent/locks/lock.hpp"
#include "door-agent/locks/lock_bus.hpp"
#include "door-agent/locks/lock_settings.hpp"

#include <algorithm>
#include <cassert>
#include <chrono>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace creneau::door {
namespace {

using std::chrono::milliseconds;

/// Longest sleep, so that last_round() shows a living thread.
constexpr milliseconds kLongestSleep{500};

bool same_watchdog(const LockSettings& a, const LockSettings& b) {
    if (a.watchdog.has_value() != b.watchdog.has_value()) {
        return false;
    }
    return !a.watchdog ||
           (a.watchdog->address == b.watchdog->address && a.watchdog->value == b.watchdog->value);
}

std::vector<RegisterRule> rules_of(const BoardModel& board, const LockSettings& settings) {
    auto rules = board.rules;
    if (settings.watchdog) {
        rules.push_back({settings.watchdog->address, false, settings.watchdog->value, true,
                         "communication watchdog"});
    }
    return rules;
}

milliseconds watchdog_of(const BoardModel& board, const LockSettings& settings) {
    return settings.watchdog ? settings.watchdog->time : board.own_watchdog;
}

}  // namespace

LockBus::Worker::Worker(BusSettings settings, LockListener listener, std::unique_ptr<BusPort> port)
    : settings_(std::move(settings)), listener_(std::move(listener)), port_(std::move(port)) {}

LockBus::Worker::~Worker() {
    queue_.stop();
    if (thread_.joinable()) {
        thread_.join();
    }
}

tl::expected<Lock*, LockRefusal> LockBus::Worker::add_lock(const LockSettings& settings) {
    assert(!thread_.joinable());
    if (const auto checked = check_lock(settings); !checked) {
        return tl::unexpected(checked.error());
    }
    for (const LockInfo& other : locks_) {
        if (other.settings.unit != settings.unit) {
            continue;
        }
        if (other.settings.channel == settings.channel) {
            return tl::unexpected(LockRefusal::channel_taken);
        }
        if (other.settings.board != settings.board || !same_watchdog(other.settings, settings)) {
            return tl::unexpected(LockRefusal::boards_differ);
        }
    }
    const BoardModel* board = find_board(settings.board);
    const auto ending = ending_of(*board, settings);
    if (!ending) {
        return tl::unexpected(LockRefusal::nothing_ends_it);
    }
    auto info = std::ranges::find(units_, settings.unit, &UnitInfo::unit);
    if (info == units_.end()) {
        UnitInfo added;
        added.unit = settings.unit;
        added.board = board;
        added.rules = rules_of(*board, settings);
        added.lowest = settings.channel;
        added.highest = settings.channel;
        info = units_.insert(units_.end(), std::move(added));
        UnitState unit;
        unit.has_inputs = board->inputs;
        unit.has_rules = !info->rules.empty();
        unit.watchdog = watchdog_of(*board, settings);
        state_.units.push_back(unit);
    }
    info->lowest = std::min(info->lowest, settings.channel);
    info->highest = std::max(info->highest, settings.channel);

    LockState lock;
    lock.unit = static_cast<std::size_t>(info - units_.begin());
    lock.channel = settings.channel;
    lock.ending = *ending;
    state_.locks.push_back(lock);
    LockInfo added;
    added.settings = settings;
    added.lock = std::make_unique<BusLock>(queue_, locks_.size());
    locks_.push_back(std::move(added));
    return locks_.back().lock.get();
}

void LockBus::Worker::start() {
    last_round_.store(boot_now().count());
    thread_ = std::thread([this] { run(); });
}

void LockBus::Worker::run() {
    while (!queue_.stopped()) {
        last_round_.store(boot_now().count());
        take_orders();
        const BootTime now = boot_now();
        end_leases(state_, now);
        const Step step = next_step(state_, now);
        if (step.action == Action::wait) {
            queue_.wait(std::clamp(step.until - now, milliseconds(0), kLongestSleep));
        } else {
            perform(step);
        }
    }
    shut_down();
}

void LockBus::Worker::take_orders() {
    for (Order& order : queue_.take()) {
        take(order);
    }
}

void LockBus::Worker::take(Order& order) {
    if (order.kind == OrderKind::show) {
        order_indicator(order);
        return;
    }
    if (order.kind == OrderKind::release) {
        cancel_commands(order.lock, LockResult::refused);
        if (order.done) {
            locks_[order.lock].waiting_for_release.push_back(std::move(order.done));
        }
        order_release(order.lock);
        return;
    }
    const UnitState& unit = state_.units[state_.locks[order.lock].unit];
    if (order.kind != OrderKind::read_back && unit.settings_known && !unit.settings_ok) {
        turn_down(order, LockResult::refused);
        return;
    }
    Command command;
    command.id = next_id_++;
    command.kind = order.kind == OrderKind::pulse  ? CommandKind::pulse
                   : order.kind == OrderKind::hold ? CommandKind::hold
                                                   : CommandKind::read_back;
    command.lock = order.lock;
    command.duration = std::clamp(order.duration, milliseconds(100), milliseconds(60'000));
    // A grant from the future would live too long.
    command.granted_at = std::min(order.granted_at, boot_now());
    state_.commands.push_back(command);
    answers_.emplace(command.id, Answer{std::move(order.done), std::move(order.read)});
}

void LockBus::Worker::perform(const Step& step) {
    switch (step.action) {
        case Action::expire:
            return expire(step.index);
        case Action::open:
            return open();
        case Action::release:
            return release(step.index);
        case Action::energise:
            return energise(step.index);
        case Action::settle_doubt:
            return settle_doubt(step.index);
        case Action::renew:
            return renew(step.index);
        case Action::check_settings:
            return check_settings(step.index);
        case Action::read_back:
            return read_back(step.index);
        case Action::poll_outputs: {
            state_.units[step.index].outputs_due = boot_now() + settings_.poll_period;
            unsigned outputs = 0;
            read_outputs(step.index, outputs);
            return;
        }
        case Action::poll_inputs:
            return poll_inputs(step.index);
        case Action::poll_settings:
            return poll_settings(step.index);
        case Action::indicate:
            return indicate(step.index);
        case Action::wait:
            return;
    }
}

void LockBus::Worker::open() {
    if (port_->open()) {
        state_.open = true;
        open_failures_ = 0;
        if (port_->opening_releases()) {
            for (std::size_t lock = 0; lock < locks_.size(); ++lock) {
                order_release(lock);
            }
        }
        return;
    }
    ++open_failures_;
    for (std::size_t unit = 0; unit < units_.size(); ++unit) {
        note_failure(unit);
    }
    for (std::size_t lock = 0; lock < locks_.size(); ++lock) {
        if (state_.units[state_.locks[lock].unit].lost) {
            answer_release(lock, LockResult::unknown);
        }
    }
    state_.open_at = boot_now() + back_off(open_failures_ + 1);
}

Reply LockBus::Worker::ask(std::size_t unit, const Request& request) {
    Reply reply = port_->ask(request);
    if (reply.outcome != Outcome::unknown || reply.exception != 0) {
        note_answer(unit);
        return reply;
    }
    port_->close();
    state_.open = false;
    state_.open_at = boot_now();
    note_failure(unit);
    return reply;
}

void LockBus::Worker::note_failure(std::size_t unit) {
    UnitState& state = state_.units[unit];
    ++state.failures;
    state.not_before = boot_now() + back_off(state.failures);
    if (counts_as_lost(state.failures) && !state.lost) {
        lose(unit);
    }
}

void LockBus::Worker::note_answer(std::size_t unit) {
    state_.units[unit].failures = 0;
    state_.units[unit].lost = false;
}

/// Nothing is known any more: what may still be on ends by hardware, and is released on return.
void LockBus::Worker::lose(std::size_t unit) {
    UnitState& state = state_.units[unit];
    state.lost = true;
    state.settings_known = false;
    state.settings_ok = false;
    if (units_[unit].inputs.known()) {
        units_[unit].inputs.forget();
        state.inputs_unsettled = false;
        tell_inputs(unit, std::nullopt);
    }
    units_[unit].refusal.clear();
    forget_indicators(unit);
    const auto trouble = port_->trouble();
    const auto why =
        "no usable answer from " + settings_.key + (trouble.empty() ? "" : ": ") + trouble;
    for (std::size_t i = 0; i < locks_.size(); ++i) {
        if (state_.locks[i].unit != unit) {
            continue;
        }
        order_release(i);
        locks_[i].told_ready = false;
        locks_[i].told_lost = true;
        tell(LockNotice::bus_lost, i, why);
    }
}

void LockBus::Worker::tell(LockNotice notice, std::size_t lock, std::string detail) {
    if (listener_.event) {
        listener_.event({notice, locks_[lock].settings.key, std::move(detail), boot_now()});
    }
}

void LockBus::Worker::tell_unit(LockNotice notice, std::size_t unit, const std::string& detail) {
    for (std::size_t i = 0; i < locks_.size(); ++i) {
        if (state_.locks[i].unit == unit) {
            tell(notice, i, detail);
        }
    }
}

void LockBus::Worker::shut_down() {
    take_orders();
    while (!state_.commands.empty()) {
        finish(0, on_expiry(state_.commands.front()), RelayState::unknown);
    }
    for (std::size_t i = 0; i < locks_.size(); ++i) {
        order_release(i);
        if (!state_.open && !state_.units[state_.locks[i].unit].lost) {
            open();
        }
        if (state_.open) {
            release(i);
        }
        answer_release(i, LockResult::unknown);
    }
    end_indicators();
    port_->close();
    for (const Order& order : queue_.take()) {
        turn_down(order, LockResult::refused);
    }
}

}  // namespace creneau::door
