#include "door-agent/clock/boot_time.hpp"
#include "door-agent/config.hpp"
#include "door-agent/door/agent.hpp"
#include "door-agent/door/door_events.hpp"
#include "door-agent/door/mailbox.hpp"
#include "door-agent/door/recorder.hpp"
#include "door-agent/door/step.hpp"
#include "door-agent/door/time_keeper.hpp"
#include "door-agent/journal/event.hpp"
#include "door-agent/locks/lock.hpp"
#include "door-agent/sync/command_desk.hpp"
#include "policy/decide.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include <spdlog/spdlog.h>

namespace creneau::door {
namespace {

/// The town orders no longer free access; one that does is not obeyed for longer.
constexpr std::chrono::hours kLongestFreeAccess{12};

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

EventKind kind_of(DoorNews news) {
    switch (news) {
        case DoorNews::forced:
        case DoorNews::held_open:
            return EventKind::door_alarm;
        case DoorNews::forced_over:
        case DoorNews::held_over:
            return EventKind::door_alarm_over;
        case DoorNews::held_soon:
        case DoorNews::found_open:
        case DoorNews::fire:
        case DoorNews::fire_over:
        case DoorNews::free_access:
        case DoorNews::free_access_over:
            return EventKind::door_state;
    }
    return EventKind::door_state;
}

bool is_on(const DoorInputs& inputs, const std::pair<std::string, int>& board) {
    return std::ranges::any_of(
        std::array{&inputs.contact, &inputs.exit, &inputs.fire}, [&](const auto* place) {
            return *place && std::pair{(*place)->bus, (*place)->unit} == board;
        });
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

void Agent::on(const told::Inputs& told) {
    const std::pair board{told.levels.bus, told.levels.unit};
    levels_[board] = told.levels.levels;
    for (auto& [key, door] : doors_) {
        const auto wired = parts_.inputs.find(key);
        if (wired != parts_.inputs.end() && is_on(wired->second, board)) {
            advance(door, on::Inputs{levels_of(wired->second)}, "");
        }
    }
}

Levels Agent::levels_of(const DoorInputs& inputs) const {
    const auto level = [this](const std::optional<InputPlace>& place) -> std::optional<bool> {
        const auto board = place ? levels_.find({place->bus, place->unit}) : levels_.end();
        if (board == levels_.end() || !board->second) {
            return std::nullopt;
        }
        const bool closed = (*board->second >> static_cast<unsigned>(place->input) & 1U) != 0;
        return closed != place->normally_closed;
    };
    return {level(inputs.contact), level(inputs.exit), level(inputs.fire)};
}

/// Whether the policy opens the door to everybody now. The door keeps it up until told otherwise.
void Agent::look_for_free_access(Door& door, const TimeLook& look) {
    const auto* policy = parts_.policies.current();
    const auto* known = policy != nullptr ? policy->find_door(std::string_view{door.key}) : nullptr;
    bool scheduled = false;
    if (known != nullptr) {
        const policy::Presented nobody{policy::NoCredential{}, known->scope, look.sample.wall,
                                       parts_.time.clock_state(look)};
        scheduled = policy::free_until(*policy, memory_, nobody).has_value() ||
                    look.sample.boot < door.commanded_until;
    }
    if (scheduled != door.state.scheduled) {
        advance(door, on::FreeAccess{scheduled}, "");
    }
}

/// Empty: the door obeys. In a disabled or locked down door no grant is obeyed either.
std::string Agent::why_not_obey(const Door& door, const ArrivedCommand& command,
                                const TimeLook& look) const {
    if (!accepts_grants(door.state)) {
        return "lock_not_ready";
    }
    if (!command.end) {
        return {};
    }
    const auto now = look.believed();
    if (!now) {
        return std::string{policy::word_for(policy::Reason::clock_untrusted)};
    }
    return *command.end > *now ? "" : std::string{policy::word_for(policy::Reason::expired)};
}

void Agent::on(const told::Commanded& told) {
    const auto& command = told.command;
    const auto found = doors_.find(command.door);
    const auto* policy = parts_.policies.current();
    const auto* known =
        policy != nullptr ? policy->find_door(std::string_view{command.door}) : nullptr;
    if (found == doors_.end() || known == nullptr ||
        boot_now() - command.asked_at > kCommandServes) {
        spdlog::warn("door {}: a command came too late, or for a door that is none here",
                     command.door);
        return;
    }
    Door& door = found->second;
    const auto look = parts_.time.look();
    const auto refusal = why_not_obey(door, command, look);
    const std::string reason{policy::word_for(policy::Reason::granted_command)};
    auto row = refusal.empty() ? Recorder::event(EventKind::granted, reason, look)
                               : Recorder::event(EventKind::refused, refusal, look);
    row.door = door.key;
    row.detail = command.end ? "free access, ordered from afar" : "opened from afar";
    spdlog::info("door {}: command, {}", door.key, refusal.empty() ? reason : refusal);
    if (refusal.empty() && command.end) {
        const auto lasts =
            std::min<std::chrono::seconds>(*command.end - look.sample.wall, kLongestFreeAccess);
        door.commanded_until = look.sample.boot + lasts;
        look_for_free_access(door, look);
    } else if (refusal.empty()) {
        ++door.granted;
        advance(door, on::Grant{known->unlock_time}, reason);
    }
    recorder_.record(row);
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
    } else if (const auto* hold = std::get_if<act::Hold>(&action)) {
        door.lock->hold(hold->lease, {});  // what becomes of it the lock tells by itself
    } else if (const auto* told = std::get_if<act::Tell>(&action)) {
        tell_news(door, told->news);
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

void Agent::tell_news(const Door& door, DoorNews news) {
    auto row = Recorder::event(kind_of(news), word_of(news), parts_.time.look());
    row.door = door.key;
    spdlog::warn("door {}: {}", door.key, word_of(news));
    recorder_.record(row);
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
