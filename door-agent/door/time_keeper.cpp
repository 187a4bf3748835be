#include "door-agent/door/time_keeper.hpp"

#include "door-agent/clock/clock.hpp"
#include "door-agent/clock/confirmation.hpp"
#include "door-agent/journal/batch.hpp"
#include "door-agent/sync/slot_file.hpp"
#include "policy/decide.hpp"
#include "policy/policy.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

namespace creneau::door {
namespace {

using std::chrono::duration_cast;
using std::chrono::seconds;

constexpr std::chrono::minutes kWriteAgain{10};
constexpr seconds kFloorStep{600};
constexpr std::size_t kLongestWord = 200;

policy::ClockTrust trust_of(ClockState state) {
    switch (state) {
        case ClockState::trusted:
            return policy::ClockTrust::trusted;
        case ClockState::holdover:
            return policy::ClockTrust::holdover;
        case ClockState::untrusted:
            return policy::ClockTrust::untrusted;
    }
    return policy::ClockTrust::untrusted;
}

}  // namespace

std::optional<std::chrono::sys_seconds> TimeLook::believed() const {
    if (verdict.state == ClockState::untrusted) {
        return std::nullopt;
    }
    return sample.wall;
}

TimeKeeper::TimeKeeper(Settings settings, const std::optional<KeptTime>& kept)
    : settings_(std::move(settings)) {
    const auto sample = settings_.sample();
    age_mark_ = sample.boot;
    memory_.floor = settings_.floor;
    if (!kept) {
        return;
    }
    memory_.floor = std::max(memory_.floor, kept->clock.floor);
    order_ = kept->policy;
    age_at_mark_ = kept->policy_age;
    const bool same_boot = !kept->boot_id.empty() && kept->boot_id == settings_.boot_id;
    if (!same_boot) {
        return;
    }
    age_at_mark_ += std::max(seconds{0}, duration_cast<seconds>(sample.boot - kept->saved));
    // Within one start of the machine the anchor goes on, whatever the clock says now: an agent
    // that ends and is started again, by whomever, is nobody's word for the time.
    const auto floor = memory_.floor;
    memory_ = kept->clock;
    memory_.floor = floor;
    memory_.believed_since.reset();
}

TimeLook TimeKeeper::look() {
    const auto sample = settings_.sample();
    auto judged = judge_clock(settings_.source, sample, memory_);
    memory_ = judged.memory;
    return {sample, judged.verdict};
}

std::optional<TimeKeeper::Heard> TimeKeeper::hear_word() {
    const auto bytes = read_whole(settings_.word_file, kLongestWord);
    if (!bytes) {
        return std::nullopt;
    }
    std::error_code stays;
    std::filesystem::remove(settings_.word_file, stays);
    const std::string text(bytes->begin(), bytes->end());
    if (std::exchange(heard_, text) == text) {
        return std::nullopt;
    }
    const auto word = clock_word_from(text);
    if (!word || settings_.boot_id.empty() || word->boot_id != settings_.boot_id) {
        return Heard{false, "what was left is of another start of the machine, or unreadable"};
    }
    const auto taken = take_word(word->at, settings_.sample(), memory_, settings_.floor);
    if (!taken) {
        return Heard{false, "the clock was moved after it was confirmed, or is impossibly early"};
    }
    memory_ = *taken;
    return Heard{true, "a person confirmed the time"};
}

std::optional<TimeKeeper::Heard> TimeKeeper::hear_town(std::chrono::sys_seconds town_time) {
    const auto sample = settings_.sample();
    if (std::chrono::abs(sample.wall - town_time) > kStepLimit) {
        return std::nullopt;
    }
    const auto taken = take_word({sample.wall, sample.boot}, sample, memory_, settings_.floor);
    if (!taken) {
        return std::nullopt;
    }
    memory_ = *taken;
    return Heard{true, "the town's signed time agrees with the clock"};
}

void TimeKeeper::policy_in_force(const policy::Policy& policy, const TimeLook& look) {
    if (order_ != policy.order) {
        const auto now = look.believed();
        order_ = policy.order;
        age_at_mark_ = now ? std::max(seconds{0}, *now - policy.issued_at) : seconds{0};
        age_mark_ = look.sample.boot;
    }
    // A policy may be dated up to a day ahead: the floor never passes the believed time.
    const auto believed = look.believed();
    const auto dated = believed ? std::min(*believed, policy.issued_at) : policy.issued_at;
    settings_.floor = std::max(settings_.floor, dated - kFloorMargin);
    memory_ = raise_floor(memory_, settings_.floor);
}

seconds TimeKeeper::policy_age(BootTime now) const {
    return age_at_mark_ + std::max(seconds{0}, duration_cast<seconds>(now - age_mark_));
}

policy::ClockState TimeKeeper::clock_state(const TimeLook& look) const {
    return {trust_of(look.verdict.state), look.verdict.drift, policy_age(look.sample.boot)};
}

KeptTime TimeKeeper::kept(const TimeLook& look) const {
    return {settings_.boot_id, memory_, order_, policy_age(look.sample.boot), look.sample.boot};
}

std::chrono::seconds TimeKeeper::age_of(const policy::Policy& policy, const TimeLook& look) const {
    const std::chrono::seconds by_wall = look.sample.wall - policy.issued_at;
    return std::max(by_wall, clock_state(look).policy_age_at_least);
}

std::optional<KeptTime> TimeKeeper::to_keep(const TimeLook& look) {
    const bool due =
        !written_ || written_->policy != order_ || written_->clock.anchor != memory_.anchor ||
        written_->clock.last_synchronised.has_value() != memory_.last_synchronised.has_value() ||
        std::chrono::abs(memory_.floor - written_->clock.floor) >= kFloorStep ||
        look.sample.boot - written_->saved >= kWriteAgain;
    if (!due) {
        return std::nullopt;
    }
    written_ = kept(look);
    return written_;
}

}  // namespace creneau::door
