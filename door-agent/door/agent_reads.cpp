#include "door-agent/clock/boot_time.hpp"
#include "door-agent/door/agent.hpp"
#include "door-agent/door/mailbox.hpp"
#include "door-agent/door/recorder.hpp"
#include "door-agent/door/step.hpp"
#include "door-agent/door/time_keeper.hpp"
#include "door-agent/journal/event.hpp"
#include "door-agent/journal/journal.hpp"
#include "policy/decide.hpp"
#include "policy/memory.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <spdlog/spdlog.h>

namespace creneau::door {
namespace {

std::optional<PassMark> mark_of(const policy::Decision& decision) {
    if (!decision.pass) {
        return std::nullopt;
    }
    return PassMark{decision.pass->pass_id, decision.pass->revision};
}

}  // namespace

void Agent::on(const told::Read& read) {
    const auto reader = parts_.readers.find(read.frame.reader);
    if (reader == parts_.readers.end()) {
        return;
    }
    const auto door = doors_.find(reader->second);
    if (door == doors_.end()) {
        return;
    }
    if (boot_now() - read.frame.at > kReadIsOld) {
        spdlog::warn("reader {}: a read came too late and was dropped", read.frame.reader);
        return;
    }
    decide_read(read.frame, door->second, parts_.time.look());
}

policy::Decision Agent::decide(const ReaderFrame& frame, const Door& door,
                               const TimeLook& look) const {
    const auto* policy = parts_.policies.current();
    if (policy == nullptr) {
        policy::Decision none;
        none.reason = policy::Reason::policy_expired;
        return none;
    }
    const auto* known = policy->find_door(std::string_view{door.key});
    policy::Presented presented;
    presented.credential = policy::PassText{frame.text};
    presented.door = known != nullptr ? known->scope : std::uint16_t{0};
    presented.at = look.sample.wall;
    presented.clock = parts_.time.clock_state(look);
    return policy::decide(*policy, memory_, presented);
}

void Agent::decide_read(const ReaderFrame& frame, Door& door, const TimeLook& look) {
    const auto decision = decide(frame, door, look);
    const std::string reason{policy::word_for(decision.reason)};
    if (decision.allow && phase_of(door.state) != DoorPhase::fault) {
        open(frame, door, decision, look);
        return;
    }
    // Before a signature has verified nothing is known of a read but that it came.
    auto event = Recorder::event(decision.pass ? EventKind::refused : EventKind::unsigned_reads,
                                 decision.allow ? "lock_not_ready" : reason, look);
    event.pass = mark_of(decision);
    refuse(frame, door, std::move(event),
           decision.allow ? policy::MemoryChanges{} : decision.changes);
}

void Agent::refuse(const ReaderFrame& frame, const Door& door, Event event,
                   policy::MemoryChanges changes) {
    spdlog::info("door {}: refused, {}", door.key, event.reason);
    parts_.feedback({frame.reader, false});
    event.door = door.key;
    event.reader = frame.reader;
    policy::apply(memory_, changes);
    recorder_.record(event, changes);
}

bool Agent::commit_use(const Event& event, const policy::MemoryChanges& changes) {
    Batch batch;
    batch.events.push_back(event);
    batch.changes.push_back(changes);
    return parts_.journal.commit(std::move(batch), kCommitLimit);
}

void Agent::open(const ReaderFrame& frame, Door& door, const policy::Decision& decision,
                 const TimeLook& look) {
    const std::string reason{policy::word_for(decision.reason)};
    auto event = Recorder::event(EventKind::granted, reason, look);
    event.pass = mark_of(decision);
    event.door = door.key;
    event.reader = frame.reader;
    const bool once = decision.changes.use.has_value();
    if (once && !commit_use(event, decision.changes)) {
        event.kind = EventKind::refused;
        event.reason = "storage_failed";
        refuse(frame, door, std::move(event), {});
        return;
    }
    const auto unlock =
        parts_.policies.current()->find_door(std::string_view{door.key})->unlock_time;
    advance(door, on::Grant{unlock}, reason);
    parts_.feedback({frame.reader, true});
    spdlog::info("door {}: granted, {}", door.key, reason);
    policy::apply(memory_, decision.changes);
    if (!once) {
        recorder_.record(event, decision.changes);
    }
}

}  // namespace creneau::door
