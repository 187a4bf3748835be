#include "door-agent/door/agent.hpp"

#include "door-agent/clock/clock.hpp"
#include "door-agent/door/door_events.hpp"
#include "door-agent/door/door_options.hpp"
#include "door-agent/door/mailbox.hpp"
#include "door-agent/door/step.hpp"
#include "door-agent/journal/batch.hpp"
#include "door-agent/journal/event.hpp"
#include "door-agent/journal/journal.hpp"
#include "door-agent/readers/reader.hpp"
#include "door-agent/sync/standing.hpp"
#include "policy/door.hpp"
#include "policy/memory.hpp"
#include "policy/policy.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

namespace creneau::door {
namespace {

constexpr std::chrono::days kRetention{90};
/// What the town has serves whoever stands at the board for so long.
constexpr std::chrono::days kKeptOnceSent{7};
/// No pass opens by a policy that is older.
constexpr std::chrono::days kPolicyServes{30};
constexpr std::chrono::hours kPurgeEvery{24};

/// A door that the policy does not know is out of use.
DoorOptions options_of(const policy::Door* door) {
    if (door == nullptr) {
        return {policy::ServiceState::disabled, Relock::after_time, {}};
    }
    return {door->state, door->relock, door->held_open};
}

}  // namespace

Agent::Agent(AgentParts parts)
    : parts_(std::move(parts)),
      recorder_(parts_.journal),
      memory_(parts_.journal.memory_at_start()) {
    for (const auto& [key, lock] : parts_.locks) {
        doors_[key] = Door{key, lock, {}};
    }
}

void Agent::start() {
    const auto look = parts_.time.look();
    clock_ = look.verdict;
    auto row = Recorder::event(EventKind::agent_started, "started", look);
    row.detail = fmt::format("clock {}", name(clock_.reason));
    if (const auto& damaged = parts_.journal.set_aside()) {
        row.detail +=
            fmt::format("; damaged journal put aside as {}", damaged->filename().string());
    }
    recorder_.record(row);
    if (parts_.policies.load()) {
        take_policy(look);
    }
    look_for_policy(look);
    look_for_policy(look);
    stand();
}

void Agent::handle(const Message& message) {
    std::visit([this](const auto& told) { on(told); }, message);
    stand();
}

bool Agent::every_lock_known() const {
    return std::ranges::all_of(doors_, [](const auto& door) { return door.second.known; });
}

void Agent::tick() {
    record_word(parts_.time.hear_word());
    const auto look = parts_.time.look();
    if (look.verdict.state != clock_.state || look.verdict.reason != clock_.reason) {
        clock_ = look.verdict;
        auto row =
            Recorder::event(EventKind::clock_changed, std::string(name(clock_.reason)), look);
        row.detail = fmt::format("the clock is {}", name(clock_.state));
        recorder_.record(row);
        spdlog::warn("clock: {} ({})", name(clock_.state), name(clock_.reason));
    }
    look_for_policy(look);
    for (auto& [key, door] : doors_) {
        look_for_free_access(door, look);
        advance(door, on::Tick{}, "");
    }
    recorder_.tick(look.sample.boot);
    keep(look);
    stand();
}

void Agent::keep(const TimeLook& look) {
    Batch batch;
    batch.time = parts_.time.to_keep(look);
    batch.purge = purge_due(look);
    if (batch.time || batch.purge) {
        parts_.journal.post(std::move(batch));
    }
}

/// Never by a clock that has only just been believed, nor past what the signed date of the policy
/// allows: a clock that runs years ahead must not empty the journal.
std::optional<Purge> Agent::purge_due(const TimeLook& look) {
    const auto* policy = parts_.policies.current();
    const auto now = look.believed();
    const bool waits = purged_at_ && look.sample.boot - *purged_at_ < kPurgeEvery;
    if (policy == nullptr || !now || !look.verdict.settled || waits) {
        return std::nullopt;
    }
    purged_at_ = look.sample.boot;
    const auto latest = std::min(*now, policy->issued_at + kPolicyServes);
    return Purge{latest - kRetention, *now, Recorder::event(EventKind::purge, "retention", look),
                 latest - kKeptOnceSent};
}

void Agent::stop() {
    const auto look = parts_.time.look();
    recorder_.flush();
    recorder_.record(Recorder::event(EventKind::agent_stopped, "stopped", look));
    Batch batch;
    batch.time = parts_.time.kept(look);
    parts_.journal.post(std::move(batch));
}

void Agent::look_for_policy(const TimeLook& look) {
    const auto news = parts_.policies.look(look.believed(), look.sample.boot);
    if (news) {
        record_policy(*news, look);
    }
}

void Agent::on(const told::PolicyArrived& told) {
    const auto look = parts_.time.look();
    const auto news = parts_.policies.offer(told.policy.file, told.policy.nonce, look.believed(),
                                            look.sample.boot);
    if (!news) {
        return;
    }
    record_policy(*news, look);
    if (news->accepted && look.verdict.state == ClockState::untrusted) {
        record_word(parts_.time.hear_town(parts_.policies.current()->issued_at));
    }
}

void Agent::record_word(const std::optional<TimeKeeper::Heard>& heard) {
    if (!heard) {
        return;
    }
    auto row = Recorder::event(EventKind::clock_changed,
                               heard->believed ? "confirmed" : "not_confirmed", parts_.time.look());
    row.detail = heard->detail;
    recorder_.record(row);
    spdlog::warn("clock: {}", heard->detail);
}

void Agent::record_policy(const PolicyNews& news, const TimeLook& look) {
    auto row =
        Recorder::event(news.accepted ? EventKind::policy_accepted : EventKind::policy_refused,
                        news.accepted ? "accepted" : "refused", look);
    row.detail = news.detail;
    if (news.accepted) {
        const auto& order = parts_.policies.current()->order;
        row.detail = fmt::format("generation {}, version {}{}{}", order.generation, order.version,
                                 news.detail.empty() ? "" : "; ", news.detail);
        spdlog::info("policy: {}", row.detail);
        take_policy(look);
    } else {
        spdlog::warn("policy refused, the one before stays in force: {}", news.detail);
    }
    recorder_.record(row);
}

void Agent::take_policy(const TimeLook& look) {
    const auto& policy = *parts_.policies.current();
    parts_.time.policy_in_force(policy, look);
    policy::merge(memory_, policy);
    Batch batch;
    batch.memory = memory_;
    batch.forget_before = policy.issued_at - std::chrono::days{1};
    parts_.journal.post(std::move(batch));
    for (auto& [key, door] : doors_) {
        const auto* known = policy.find_door(std::string_view{key});
        if (known == nullptr) {
            spdlog::error("door {}: the policy does not know this door; it stays locked", key);
        }
        const auto options = options_of(known);
        if (options.service != Service::in_service) {
            door.commanded_until = {};  // free access does not come back with the door
        }
        advance(door, on::Options{options}, "disabled by the policy");
    }
}

void Agent::on(const told::ReaderState& told) {
    const bool lost = told.notice == ReaderNotice::lost;
    if (!lost && told.notice != ReaderNotice::back) {
        spdlog::info("reader {}: {} {}", told.reader, word_of(told.notice), told.detail);
        return;
    }
    spdlog::warn("reader {}: {} {}", told.reader, word_of(told.notice), told.detail);
    if (lost) {
        lost_readers_.insert(told.reader);
    } else {
        lost_readers_.erase(told.reader);
    }
    auto row = Recorder::event(lost ? EventKind::reader_lost : EventKind::reader_back,
                               word_of(told.notice), parts_.time.look());
    row.reader = told.reader;
    row.detail = told.detail;
    recorder_.record(row);
}

void Agent::on(const told::StorageState& told) {
    if (told.trouble.empty()) {
        spdlog::warn("journal: the storage works again");
    } else {
        spdlog::error("journal: {}; once-only passes are refused until it works", told.trouble);
    }
}

void Agent::on(const told::RememberedLate& told) {
    unite(memory_, told.memory);
}

void Agent::on(const told::Stop& /*stop*/) {}

void Agent::stand() const {
    if (!parts_.stand) {
        return;
    }
    Standing standing;
    standing.file = parts_.policies.current_file();
    standing.clock = name(clock_.state);
    standing.journal = parts_.journal.level();
    if (const auto* policy = parts_.policies.current()) {
        standing.held = policy->order;
        standing.policy_age = parts_.time.age_of(*policy, parts_.time.look());
    }
    for (const auto& [key, door] : doors_) {
        standing.doors.push_back({key, word_of(phase_of(door.state))});
    }
    parts_.stand(standing);
}

}  // namespace creneau::door
