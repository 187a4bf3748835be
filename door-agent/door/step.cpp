#include "door-agent/door/step.hpp"

#include <algorithm>
#include <utility>
#include <variant>
#include <vector>

namespace creneau::door {
namespace {

void end_grant(DoorState& state) {
    state.granted = false;
    state.relock_at = BootTime{};
    state.enter_until = BootTime{};
}

struct Stepper {
    DoorState state;
    BootTime now;
    std::vector<DoorAction> actions;

    void operator()(const on::LockReady&) {
        end_grant(state);
        state.ready = true;
        state.doubt = false;
    }
    void operator()(const on::LockDoubt&) { doubt(); }
    void operator()(const on::LockStuckOff&) {
        end_grant(state);
        actions.emplace_back(act::ReportFault{});
    }
    void operator()(const on::LockLost&) {
        // Hardware ends what was energised; the lock releases by itself until it reads off.
        end_grant(state);
        state.ready = false;
    }
    void operator()(const on::Grant& grant) {
        if (!state.ready || state.doubt || state.disabled) {
            return;
        }
        state.granted = true;
        ++state.grant;
        state.relock_at = now + grant.unlock;
        state.enter_until = now + std::max<BootTime>(grant.unlock, kTimeToEnter);
        actions.emplace_back(act::Pulse{grant.unlock, state.grant});
    }
    void operator()(const on::PulseDone&) {}
    void operator()(const on::PulseRefused& refused) {
        if (state.granted && refused.grant == state.grant) {
            end_grant(state);
            actions.emplace_back(act::ReportFault{});
        }
    }
    void operator()(const on::PulseUnknown& unknown) {
        if (unknown.grant == state.grant) {
            doubt();
        }
    }
    void operator()(const on::Released&) { state.doubt = false; }
    void operator()(const on::Availability& availability) {
        const bool newly_disabled = !availability.enabled && !state.disabled;
        state.disabled = !availability.enabled;
        if (newly_disabled && state.granted) {
            end_grant(state);
            actions.emplace_back(act::Release{});
        }
    }
    void operator()(const on::Tick&) {
        if (state.granted && now >= state.enter_until) {
            end_grant(state);
        }
        if (state.doubt && now >= state.release_at) {
            release_again();
        }
    }

    void doubt() {
        end_grant(state);
        state.doubt = true;
        actions.emplace_back(act::ReportFault{});
        release_again();
    }
    void release_again() {
        state.release_at = now + kReleaseAgain;
        actions.emplace_back(act::Release{});
    }
};

}  // namespace

DoorPhase phase_of(const DoorState& state) {
    if (!state.ready || state.doubt) {
        return DoorPhase::fault;
    }
    if (state.disabled) {
        return DoorPhase::disabled;
    }
    return state.granted ? DoorPhase::granted : DoorPhase::locked;
}

bool may_be_energised(const DoorState& state, BootTime now) {
    return state.granted && now < state.relock_at;
}

DoorStep step(const DoorState& state, const DoorEvent& event, BootTime now) {
    Stepper stepper{state, now, {}};
    std::visit(stepper, event);
    return {stepper.state, std::move(stepper.actions)};
}

}  // namespace creneau::door
