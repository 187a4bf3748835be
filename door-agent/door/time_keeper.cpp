#include "door-agent/door/time_keeper.hpp"

#include "door-agent/clock/clock.hpp"
#include "door-agent/journal/journal.hpp"
#include "policy/decide.hpp"
#include "policy/policy.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

namespace creneau::door {
namespace {

using std::chrono::duration_cast;
using std::chrono::seconds;

constexpr std::chrono::minutes kWriteAgain{10};
constexpr seconds kFloorStep{600};

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
    // Within one start of the machine the anchor goes on, unless the clock was set meanwhile:
    // whoever restarts the agent after that vouches for the new time as at first start.
    ClockMemory carried = kept->clock;
    carried.floor = memory_.floor;
    carried.believed_since.reset();
    const auto judged = judge_clock(settings_.source, sample, carried);
    if (judged.verdict.state != ClockState::untrusted) {
        memory_ = judged.memory;
    }
}

TimeLook TimeKeeper::look() {
    const auto sample = settings_.sample();
    auto judged = judge_clock(settings_.source, sample, memory_);
    memory_ = judged.memory;
    return {sample, judged.verdict};
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
    memory_ = raise_floor(memory_, dated - kFloorMargin);
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

std::optional<KeptTime> TimeKeeper::to_keep(const TimeLook& look) {
    const bool due = !written_ || written_->policy != order_ ||
                     written_->clock.anchor.has_value() != memory_.anchor.has_value() ||
                     memory_.floor - written_->clock.floor >= kFloorStep ||
                     look.sample.boot - written_->saved >= kWriteAgain;
    if (!due) {
        return std::nullopt;
    }
    written_ = kept(look);
    return written_;
}

}  // namespace creneau::door
