#include "door-agent/clock/boot_time.hpp"
#include "door-agent/door/agent.hpp"
#include "door-agent/door/mailbox.hpp"
#include "door-agent/door/recorder.hpp"
#include "door-agent/door/step.hpp"
#include "door-agent/journal/event.hpp"
#include "door-agent/locks/lock.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <variant>

#include <spdlog/spdlog.h>

namespace creneau::door {
namespace {

DoorEvent event_of(LockNotice notice) {
    switch (notice) {
        case LockNotice::ready:
            return on::LockReady{};
        case LockNotice::bus_lost:
        case LockNotice::bus_back:
        case LockNotice::board_refused:
            return on::LockLost{};
        case LockNotice::foreign_write:
        case LockNotice::stuck_on:
            return on::LockDoubt{};
        case LockNotice::stuck_off:
            return on::LockStuckOff{};
    }
    return on::LockLost{};
}

DoorEvent event_of(LockResult result, std::uint64_t grant) {
    switch (result) {
        case LockResult::done:
            return on::PulseDone{grant};
        case LockResult::refused:
            return on::PulseRefused{grant};
        case LockResult::unknown:
            return on::PulseUnknown{grant};
    }
    return on::PulseUnknown{grant};
}

}  // namespace

void Agent::on(const told::LockState& told) {
    const auto found = doors_.find(told.event.lock);
    if (found == doors_.end()) {
        return;
    }
    Door& door = found->second;
    const std::string word = word_of(told.event.notice);
    spdlog::info("door {}: lock {} {}", door.key, word, told.event.detail);
    if (told.event.notice != LockNotice::bus_back) {
        door.known = true;
        advance(door, event_of(told.event.notice), word);
    }
}

void Agent::on(const told::PulseAnswer& answer) {
    if (const auto door = doors_.find(answer.door); door != doors_.end()) {
        advance(door->second, event_of(answer.result, answer.grant),
                answer.result == LockResult::refused ? "pulse_refused" : "pulse_unknown");
    }
}

void Agent::on(const told::ReleaseAnswer& answer) {
    const auto door = doors_.find(answer.door);
    if (door != doors_.end() && answer.result == LockResult::done) {
        advance(door->second, on::Released{}, "released");
    }
}

void Agent::advance(Door& door, const DoorEvent& event, const std::string& why) {
    auto next = step(door.state, event, boot_now());
    door.state = next.state;
    for (const auto& action : next.actions) {
        act(door, action, why);
    }
    tell_phase(door, why);
}

void Agent::act(Door& door, const DoorAction& action, const std::string& why) {
    const auto post = parts_.post;
    if (const auto* pulse = std::get_if<act::Pulse>(&action)) {
        door.lock->pulse(pulse->duration, boot_now(),
                         [post, key = door.key, grant = pulse->grant](LockResult result) {
                             post(told::PulseAnswer{key, grant, result});
                         });
    } else if (std::holds_alternative<act::Release>(action)) {
        door.lock->release(
            [post, key = door.key](LockResult result) { post(told::ReleaseAnswer{key, result}); });
    } else {
        auto row = Recorder::event(EventKind::lock_fault, why, parts_.time.look());
        row.door = door.key;
        spdlog::error("door {}: lock fault, {}", door.key, why);
        recorder_.record(row);
        door.faulty = phase_of(door.state) == DoorPhase::fault;
    }
}

/// A row when a door goes out of service or comes back.
void Agent::tell_phase(Door& door, const std::string& why) {
    const bool faulty = phase_of(door.state) == DoorPhase::fault;
    if (!door.known || faulty == door.faulty) {
        return;
    }
    door.faulty = faulty;
    auto row = Recorder::event(faulty ? EventKind::lock_fault : EventKind::lock_restored, why,
                               parts_.time.look());
    row.door = door.key;
    recorder_.record(row);
}

}  // namespace creneau::door
