#include "door-agent/clock/boot_time.hpp"
#include "door-agent/locks/board_table.hpp"
#include "door-agent/locks/bus_lock.hpp"
#include "door-agent/locks/bus_queue.hpp"
#include "door-agent/locks/bus_worker.hpp"
#include "door-agent/locks/frames.hpp"
#include "door-agent/locks/indicator.hpp"
#include "door-agent/locks/indicator_state.hpp"
#include "door-agent/locks/lock_bus.hpp"
#include "door-agent/locks/lock_settings.hpp"

#include <algorithm>
#include <cassert>
#include <chrono>
#include <cstddef>
#include <memory>

namespace creneau::door {
namespace {

using std::chrono::milliseconds;

/// An outcome that shows later than this would be taken for another's.
constexpr milliseconds kTooLate{1000};
constexpr milliseconds kOffAgain{1000};

bool ends_by_itself(const BoardModel& board, milliseconds duration) {
    return board.pulse != PulseForm::none && pulse_length(board, duration) == duration;
}

}  // namespace

tl::expected<Indicator*, LockRefusal> LockBus::Worker::add_indicator(
    const IndicatorSettings& settings) {
    assert(!thread_.joinable());
    const auto unit = std::ranges::find(units_, settings.unit, &UnitInfo::unit);
    if (unit == units_.end()) {
        return tl::unexpected(LockRefusal::no_lock_there);
    }
    if (settings.channel < 0 || settings.channel >= unit->board->channels) {
        return tl::unexpected(LockRefusal::channel_out_of_range);
    }
    const auto at = static_cast<std::size_t>(unit - units_.begin());
    const auto same = [&](const auto& other) {
        return other.unit == at && other.channel == settings.channel;
    };
    if (std::ranges::any_of(state_.locks, same) || std::ranges::any_of(state_.indicators, same)) {
        return tl::unexpected(LockRefusal::channel_taken);
    }
    IndicatorState added;
    added.unit = at;
    added.channel = settings.channel;
    indicators_.push_back(std::make_unique<BusIndicator>(queue_, state_.indicators.size()));
    state_.indicators.push_back(added);
    return indicators_.back().get();
}

void LockBus::Worker::order_indicator(const Order& order) {
    IndicatorState& shown = state_.indicators[order.lock];
    const BootTime now = boot_now();
    if (order.duration > milliseconds(0)) {
        shown.wanted_at = now;
        shown.duration = order.duration;
        return;
    }
    shown.wanted_at.reset();
    if (shown.must_end || shown.on_until > now) {
        shown.must_end = true;
        shown.end_at = now;
    }
}

void LockBus::Worker::indicate(std::size_t index) {
    IndicatorState& shown = state_.indicators[index];
    const BootTime now = boot_now();
    if (!shown.wanted_at) {
        end_indicator(index);
        return;
    }
    const bool late = now - *shown.wanted_at > kTooLate;
    shown.wanted_at.reset();
    if (late) {
        return;
    }
    const UnitInfo& info = units_[shown.unit];
    const bool by_itself = ends_by_itself(*info.board, shown.duration);
    shown.on_until = now + shown.duration;
    shown.end_at = shown.on_until;
    const Reply reply = ask(
        shown.unit, by_itself ? pulse_request(*info.board, info.unit, shown.channel, shown.duration)
                              : on_request(*info.board, info.unit, shown.channel));
    shown.must_end = !by_itself || reply.outcome != Outcome::done;
}

void LockBus::Worker::end_indicator(std::size_t index) {
    IndicatorState& shown = state_.indicators[index];
    const UnitInfo& info = units_[shown.unit];
    shown.end_at = boot_now() + kOffAgain;
    const Reply reply = ask(shown.unit, off_request(*info.board, info.unit, shown.channel));
    if (reply.outcome == Outcome::done) {
        shown.must_end = false;
        shown.on_until = BootTime(0);
    }
}

void LockBus::Worker::forget_indicators(std::size_t unit) {
    for (IndicatorState& shown : state_.indicators) {
        if (shown.unit == unit) {
            shown.wanted_at.reset();
            shown.must_end = true;
            shown.end_at = BootTime(0);
        }
    }
}

/// The last thing a bus does, once each: what does not end by itself would stay.
void LockBus::Worker::end_indicators() {
    for (std::size_t i = 0; i < state_.indicators.size(); ++i) {
        const IndicatorState& shown = state_.indicators[i];
        const bool on = shown.must_end || shown.on_until > boot_now();
        if (on && state_.open && !state_.units[shown.unit].lost) {
            end_indicator(i);
        }
    }
}

}  // namespace creneau::door
