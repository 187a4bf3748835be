#include "door-agent/door/step.hpp"

#include "door-agent/clock/boot_time.hpp"
#include "door-agent/door/door_events.hpp"
#include "door-agent/door/door_options.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

namespace creneau::door {
namespace {

bool is_open(const DoorState& state) {
    return state.levels.open.value_or(false);
}

/// Is the door to be held unlocked now?
bool is_free(const DoorState& state) {
    return state.scheduled && accepts_grants(state);
}

bool is_leaving(const DoorState& state) {
    return state.levels.exit.value_or(false);
}

bool may_open(const DoorState& state, BootTime now) {
    return state.fire || is_leaving(state) || now < state.may_open_until;
}

/// Nobody counts how long it stands open.
bool is_uncounted(const DoorState& state) {
    return !is_open(state) || state.forced || state.fire || is_free(state);
}

class Stepper {
  public:
    Stepper(DoorState state, BootTime now) : state_(std::move(state)), now_(now) {}

    DoorStep taken(const DoorEvent& event) {
        const bool was_free = is_free(state_);
        let_time_pass();
        std::visit(*this, event);
        if (was_free && !is_free(state_)) {
            end_free_access();
        }
        if (!was_free && is_free(state_)) {
            tell(DoorNews::free_access);
            state_.hold_at = now_;
            count_from(now_);
        }
        hold_while_free();
        explain();
        watch_open();
        return {std::move(state_), std::move(actions_)};
    }

    void operator()(const on::LockReady&) {
        end_grant();
        state_.hold_until = BootTime{};
        state_.hold_at = BootTime{};
        state_.ready = true;
        state_.doubt = false;
    }
    void operator()(const on::LockLost&) {
        // Hardware ends what was energised; the lock releases by itself until it reads off.
        end_grant();
        state_.ready = false;
    }
    void operator()(const on::LockDoubt&) { doubt(); }
    void operator()(const on::LockStuckOff&) {
        end_grant();
        state_.hold_until = BootTime{};
        state_.hold_at = now_ + kHoldAgain;
        actions_.emplace_back(act::ReportFault{});
    }
    void operator()(const on::Grant& grant) {
        if (!accepts_grants(state_)) {
            return;
        }
        state_.granted = true;
        ++state_.grant;
        state_.relock_at = std::max<BootTime>(state_.relock_at, now_ + grant.unlock);
        state_.enter_until = now_ + std::max<BootTime>(grant.unlock, kTimeToEnter);
        let_open_until(state_.enter_until);
        if (is_open(state_)) {
            count_from(state_.relock_at);
        }
        actions_.emplace_back(act::Pulse{grant.unlock, state_.grant});
    }
    void operator()(const on::PulseDone&) {}
    void operator()(const on::PulseRefused& refused) {
        if (state_.granted && refused.grant == state_.grant) {
            // An earlier pulse may still run: relock_at stays.
            state_.granted = false;
            actions_.emplace_back(act::ReportFault{});
        }
    }
    void operator()(const on::PulseUnknown& unknown) {
        if (unknown.grant == state_.grant) {
            doubt();
        }
    }
    void operator()(const on::Released&) { state_.doubt = false; }
    void operator()(const on::Options& given) {
        const bool was_used = state_.options.service == Service::in_service;
        state_.options = given.options;
        if (was_used && state_.options.service != Service::in_service) {
            cut_grant();
        }
    }
    void operator()(const on::FreeAccess& told) { state_.scheduled = told.scheduled; }
    void operator()(const on::Inputs& told) {
        take_fire(told.levels.fire);
        take_exit(told.levels.exit);
        take_contact(told.levels.open);
    }
    void operator()(const on::Tick&) {
        if (state_.doubt && now_ >= state_.release_at) {
            release_again();
        }
    }

  private:
    void let_time_pass() {
        if (state_.granted && now_ >= state_.enter_until) {
            state_.granted = false;
        }
        explain();
        watch_open();
    }

    void take_fire(std::optional<bool> on) {
        const bool now_on = on.value_or(state_.fire);
        state_.levels.fire = on;
        if (now_on == state_.fire) {
            return;
        }
        end_alarms();
        tell(now_on ? DoorNews::fire : DoorNews::fire_over);
        state_.fire = now_on;
        count_from(now_);
        let_open_until(now_);
    }
    void take_exit(std::optional<bool> on) {
        if (is_leaving(state_) || on.value_or(false)) {
            let_open_until(now_ + kTimeToEnter);
        }
        state_.levels.exit = on;
    }
    void take_contact(std::optional<bool> open) {
        const auto before = std::exchange(state_.levels.open, open);
        if (!open || open == before) {
            return;
        }
        if (*open) {
            opened(before.has_value());
        } else {
            closed(before.has_value());
        }
    }

    void opened(bool was_seen_closed) {
        if (!was_seen_closed) {
            found_open();
            return;
        }
        if (!may_open(state_, now_)) {
            state_.unexplained = now_;
        }
        relock(Relock::on_opening);
        state_.open_from = state_.granted ? std::max(now_, state_.relock_at) : now_;
    }
    /// An alarm that ran when the contact was lost goes on.
    void found_open() {
        if (!state_.forced && state_.held == Held::no) {
            state_.open_from = now_;
            tell(DoorNews::found_open);
        }
    }
    void closed(bool was_seen_open) {
        if (state_.unexplained && !may_open(state_, now_)) {
            raise_forced();
        }
        state_.unexplained.reset();
        end_alarms();
        if (was_seen_open) {
            relock(Relock::on_closing);
        }
    }
    void relock(Relock when) {
        if (state_.options.relock == when && !is_free(state_)) {
            cut_grant();
        }
    }

    void explain() {
        if (!state_.unexplained) {
            return;
        }
        if (may_open(state_, now_)) {
            state_.unexplained.reset();
        } else if (now_ >= *state_.unexplained + kExitLate) {
            state_.unexplained.reset();
            raise_forced();
        }
    }
    void raise_forced() {
        if (state_.held != Held::no) {
            tell(DoorNews::held_over);
            state_.held = Held::no;
        }
        state_.forced = true;
        tell(DoorNews::forced);
    }

    void watch_open() {
        const auto limit = state_.options.held_open.limit;
        if (!state_.levels.open) {
            return;
        }
        if (is_uncounted(state_) || limit.count() == 0) {
            end_held();
            return;
        }
        const auto due = state_.open_from + limit;
        if (now_ >= due) {
            if (std::exchange(state_.held, Held::alarm) != Held::alarm) {
                tell(DoorNews::held_open);
            }
        } else if (now_ >= due - state_.options.held_open.pre_alarm) {
            if (std::exchange(state_.held, Held::soon) != Held::soon) {
                tell(DoorNews::held_soon);
            }
        } else {
            end_held();
        }
    }
    void end_held() {
        if (std::exchange(state_.held, Held::no) != Held::no) {
            tell(DoorNews::held_over);
        }
    }
    void end_alarms() {
        end_held();
        state_.unexplained.reset();
        if (std::exchange(state_.forced, false)) {
            tell(DoorNews::forced_over);
        }
    }

    void hold_while_free() {
        if (!is_free(state_) || now_ < state_.hold_at) {
            return;
        }
        state_.hold_until = now_ + kHoldLease;
        state_.hold_at = now_ + kHoldRenew;
        let_open_until(state_.hold_until);
        actions_.emplace_back(act::Hold{kHoldLease});
    }
    /// A grant that still runs keeps what is left of it.
    void end_free_access() {
        tell(DoorNews::free_access_over);
        count_from(now_);
        state_.hold_at = BootTime{};
        state_.hold_until = BootTime{};
        if (accepts_grants(state_)) {
            release();
            rest_of_grant();
        } else if (state_.ready && !state_.doubt) {
            release();
        }
    }

    void end_grant() {
        state_.granted = false;
        state_.relock_at = BootTime{};
        state_.enter_until = BootTime{};
    }
    void rest_of_grant() {
        if (state_.granted && state_.relock_at > now_) {
            actions_.emplace_back(act::Pulse{state_.relock_at - now_, ++state_.grant});
        } else {
            end_grant();
        }
    }
    void cut_grant() {
        if (now_ < state_.relock_at) {
            release();
        }
        end_grant();
    }
    void doubt() {
        end_grant();
        state_.doubt = true;
        actions_.emplace_back(act::ReportFault{});
        release_again();
    }
    void release_again() {
        state_.release_at = now_ + kReleaseAgain;
        release();
    }
    void release() {
        const DoorAction once = act::Release{};
        if (std::ranges::find(actions_, once) == actions_.end()) {
            actions_.push_back(once);
        }
    }
    void tell(DoorNews news) { actions_.emplace_back(act::Tell{news}); }
    void count_from(BootTime when) { state_.open_from = std::max(state_.open_from, when); }
    void let_open_until(BootTime when) {
        state_.may_open_until = std::max(state_.may_open_until, when + kSeenLate);
    }

    DoorState state_;
    BootTime now_;
    std::vector<DoorAction> actions_;
};

}  // namespace

bool accepts_grants(const DoorState& state) {
    return state.ready && !state.doubt && state.options.service == Service::in_service;
}

DoorPhase phase_of(const DoorState& state) {
    const auto& options = state.options;
    const std::array in_order{
        std::pair{!state.ready || state.doubt, DoorPhase::fault},
        std::pair{state.fire, DoorPhase::fire},
        std::pair{state.forced, DoorPhase::forced},
        std::pair{state.held == Held::alarm, DoorPhase::held_open},
        std::pair{state.held == Held::soon, DoorPhase::held_soon},
        std::pair{options.service == Service::lockdown, DoorPhase::lockdown},
        std::pair{options.service == Service::disabled, DoorPhase::disabled},
        std::pair{is_open(state), DoorPhase::open},
        std::pair{is_free(state), DoorPhase::free_access},
        std::pair{state.granted, DoorPhase::granted},
    };
    const auto* const first = std::ranges::find(in_order, true, &std::pair<bool, DoorPhase>::first);
    return first == in_order.end() ? DoorPhase::locked : first->second;
}

bool may_be_energised(const DoorState& state, BootTime now) {
    return now < state.relock_at || now < state.hold_until;
}

DoorStep step(const DoorState& state, const DoorEvent& event, BootTime now) {
    return Stepper{state, now}.taken(event);
}

}  // namespace creneau::door
