#include "door-agent/clock/boot_time.hpp"
#include "door-agent/door/agent.hpp"
#include "door-agent/door/badge_text.hpp"
#include "door-agent/door/mailbox.hpp"
#include "door-agent/door/recorder.hpp"
#include "door-agent/door/step.hpp"
#include "door-agent/door/time_keeper.hpp"
#include "door-agent/journal/batch.hpp"
#include "door-agent/journal/event.hpp"
#include "policy/badge.hpp"
#include "policy/decide.hpp"
#include "policy/memory.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include <spdlog/spdlog.h>

namespace creneau::door {
namespace {

/// A badge where the reader reads badges and this is one; else the text of a pass, whatever it is.
policy::Credential credential_of(std::string_view text, const ReaderPlace& reader) {
    const auto badge = reader.badges ? badge_in(text, *reader.badges) : std::nullopt;
    if (badge) {
        return *badge;
    }
    return policy::PassText{text};
}

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
    const auto door = doors_.find(reader->second.door);
    if (door == doors_.end()) {
        return;
    }
    if (boot_now() - read.frame.at > kReadIsOld) {
        spdlog::warn("reader {}: a read came too late and was dropped", read.frame.reader);
        return;
    }
    const auto credential = credential_of(read.frame.text, reader->second);
    if (!throttles(read.frame, credential, door->second)) {
        decide_read(read.frame, credential, door->second);
    }
}

/// Refuses a badge while its reader pauses. A pass is always decided: its signature is its proof.
bool Agent::throttles(const ReaderFrame& frame, const policy::Credential& credential, Door& door) {
    const bool held = std::holds_alternative<policy::BadgeNumber>(credential) &&
                      !throttles_[frame.reader].lets(frame.at);
    if (held) {
        const std::string reason{policy::word_for(policy::Reason::throttled)};
        refuse(frame, door, Recorder::event(EventKind::unsigned_reads, reason, parts_.time.look()),
               {});
    }
    return held;
}

policy::Decision Agent::decide(const policy::Credential& credential, const Door& door,
                               const TimeLook& look) const {
    const auto* policy = parts_.policies.current();
    if (policy == nullptr) {
        policy::Decision none;
        none.reason = policy::Reason::policy_expired;
        return none;
    }
    const auto* known = policy->find_door(std::string_view{door.key});
    policy::Presented presented;
    presented.credential = credential;
    presented.door = known != nullptr ? known->scope : std::uint16_t{0};
    presented.at = look.sample.wall;
    presented.clock = parts_.time.clock_state(look);
    return policy::decide(*policy, memory_, presented);
}

void Agent::decide_read(const ReaderFrame& frame, const policy::Credential& credential,
                        Door& door) {
    const auto look = parts_.time.look();
    const auto decision = decide(credential, door, look);
    if (decision.reason == policy::Reason::unknown_credential) {
        throttles_[frame.reader].unknown(frame.at);
    }
    const std::string reason{policy::word_for(decision.reason)};
    if (decision.allow && accepts_grants(door.state)) {
        open(frame, door, decision, look);
        return;
    }
    // Of what no signature and no record of the policy vouches for nothing is known but that it
    // came.
    const bool known = decision.pass || decision.badge;
    auto event = Recorder::event(known ? EventKind::refused : EventKind::unsigned_reads,
                                 decision.allow ? "lock_not_ready" : reason, look);
    event.pass = mark_of(decision);
    event.badge = decision.badge;
    refuse(frame, door, std::move(event),
           decision.allow ? policy::MemoryChanges{} : decision.changes);
}

void Agent::refuse(const ReaderFrame& frame, Door& door, Event event,
                   policy::MemoryChanges changes) {
    ++door.refused;
    spdlog::info("door {}: refused, {}", door.key, event.reason);
    parts_.feedback({frame.reader, false, door.key});
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
    event.badge = decision.badge;
    event.door = door.key;
    event.reader = frame.reader;
    const bool once = decision.changes.use.has_value();
    if (once && !commit_use(event, decision.changes)) {
        event.kind = EventKind::refused;
        event.reason = "storage_failed";
        refuse(frame, door, std::move(event), {});
        return;
    }
    ++door.granted;
    advance(door, on::Grant{decision.unlock_time}, reason);
    parts_.feedback({frame.reader, true, door.key});
    spdlog::info("door {}: granted, {}", door.key, reason);
    policy::apply(memory_, decision.changes);
    look_for_free_access(door, look);
    if (!once) {
        recorder_.record(event, decision.changes);
    }
    if (decision.soft_passback) {
        event.kind = EventKind::door_state;
        event.reason = "soft_passback";
        recorder_.record(event);
    }
}

}  // namespace creneau::door
