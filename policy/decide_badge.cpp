#include "policy/badge.hpp"
#include "policy/decide.hpp"
#include "policy/decide_parts.hpp"
#include "policy/door.hpp"
#include "policy/memory.hpp"
#include "policy/policy.hpp"
#include "policy/schedule.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>

#include <tl/expected.hpp>

namespace creneau::policy {
namespace {

bool at_any_hour(const BadgeRecord& badge) {
    return badge.flags.always || badge.flags.emergency;
}

bool any_rule(const Policy& policy, const BadgeRecord& badge, const auto& holds) {
    const AccessSet* set = policy.find_access_set(badge.access);
    return set != nullptr && std::any_of(set->rules.begin(), set->rules.end(), holds);
}

bool covers(const Policy& policy, const BadgeRecord& badge, std::uint16_t door) {
    return any_rule(policy, badge,
                    [&](const AccessRule& rule) { return policy.covers(rule.scope, door); });
}

const Interval* interval_at(const Schedule& schedule, std::chrono::sys_seconds at) {
    const auto after =
        std::upper_bound(schedule.intervals.begin(), schedule.intervals.end(), at,
                         [](std::chrono::sys_seconds t, const Interval& i) { return t < i.from; });
    if (after == schedule.intervals.begin() || !(after - 1)->holds(at)) {
        return nullptr;
    }
    return &*(after - 1);
}

// Profiles before bookings: who works here is not checked in to a booking by coming to work.
std::optional<Reason> reason_by_hours(const Policy& policy, const BadgeRecord& badge,
                                      const Presented& presented) {
    if (at_any_hour(badge)) {
        return Reason::granted_profile;
    }
    std::optional<Reason> reason;
    any_rule(policy, badge, [&](const AccessRule& rule) {
        const Schedule* schedule = policy.find_schedule(rule.schedule);
        if (schedule == nullptr || !policy.covers(rule.scope, presented.door) ||
            interval_at(*schedule, presented.at) == nullptr) {
            return false;
        }
        reason = schedule->of_bookings ? Reason::granted_booking : Reason::granted_profile;
        return reason == Reason::granted_profile;
    });
    return reason;
}

std::optional<Refusal> age_refusal(const Policy& policy, const BadgeRecord& badge,
                                   const Presented& presented) {
    const auto age = age_of(policy, presented);
    const bool serves = freshness(policy.settings, age) != Freshness::expired ||
                        badge.flags.emergency || (badge.flags.always && age <= kLongestExpired);
    if (serves) {
        return std::nullopt;
    }
    return Refusal{Reason::policy_expired, Check::policy_age};
}

std::optional<Refusal> record_refusal(const Policy& policy, const BadgeRecord& badge,
                                      const Door& door, const Presented& presented,
                                      Assurance assurance) {
    if (badge.flags.revoked) {
        return Refusal{Reason::revoked, Check::revocation};
    }
    if (door.high_assurance && assurance == Assurance::low) {
        return Refusal{Reason::wrong_door, Check::assurance};
    }
    if (!covers(policy, badge, presented.door)) {
        return Refusal{Reason::wrong_door, Check::scope};
    }
    const bool untrusted = presented.clock.trust == ClockTrust::untrusted;
    if (untrusted && !at_any_hour(badge)) {
        return Refusal{Reason::clock_untrusted, Check::clock};
    }
    if (const auto refusal = age_refusal(policy, badge, presented)) {
        return refusal;
    }
    if (!untrusted && presented.at < badge.from) {
        return Refusal{Reason::not_yet_valid, Check::time};
    }
    if (!untrusted && presented.at >= badge.until) {
        return Refusal{Reason::expired, Check::time};
    }
    return std::nullopt;
}

// A mark ahead of the clock is as near as one behind it: the clock may have been set back.
bool entered_lately(const Memory& memory, const Door& door, const BadgeRecord& badge,
                    std::chrono::sys_seconds at) {
    const auto mark = memory.entries.find({badge.badge, door.scope});
    return door.passback.mode != PassbackMode::off && mark != memory.entries.end() &&
           std::chrono::abs(at - mark->second) < door.passback.within;
}

Decision decide_known(const Policy& policy, const Memory& memory, const Presented& presented,
                      const BadgeRecord& badge, Assurance assurance) {
    const auto door = open_door_row(policy, presented.door);
    if (!door) {
        return refused(door.error());
    }
    if (const auto refusal = record_refusal(policy, badge, **door, presented, assurance)) {
        return refused(*refusal);
    }
    const auto reason = reason_by_hours(policy, badge, presented);
    if (!reason) {
        return refused({Reason::outside_hours, Check::hours});
    }
    const bool again = entered_lately(memory, **door, badge, presented.at);
    if (again && (*door)->passback.mode == PassbackMode::hard) {
        return refused({Reason::passback, Check::passback});
    }
    Decision decision = granted(policy, memory, **door, presented, *reason);
    decision.soft_passback = again;
    if (badge.flags.longer_unlock) {
        decision.unlock_time = (*door)->longer_unlock_time;
    }
    if ((*door)->passback.mode != PassbackMode::off) {
        decision.changes.entry = EntryMark{badge.badge, presented.door, presented.at};
    }
    return decision;
}

/// The interval of the door's free access at that moment, whoever came.
const Interval* free_interval(const Policy& policy, const Door& door, std::chrono::sys_seconds at) {
    const Schedule* schedule = door.free_access ? policy.find_schedule(*door.free_access) : nullptr;
    return schedule == nullptr ? nullptr : interval_at(*schedule, at);
}

bool came_first(const Memory& memory, const Door& door, const Interval& interval,
                std::chrono::sys_seconds at) {
    const auto mark = memory.firsts.find(door.scope);
    return mark != memory.firsts.end() && interval.holds(mark->second) && mark->second <= at;
}

tl::expected<std::chrono::sys_seconds, Refusal> free_now(const Policy& policy, const Memory& memory,
                                                         const Presented& presented) {
    const auto door = open_door_row(policy, presented.door);
    if (!door) {
        return tl::make_unexpected(door.error());
    }
    if (presented.clock.trust == ClockTrust::untrusted) {
        return tl::make_unexpected(Refusal{Reason::clock_untrusted, Check::clock});
    }
    if (freshness(policy.settings, age_of(policy, presented)) == Freshness::expired) {
        return tl::make_unexpected(Refusal{Reason::policy_expired, Check::policy_age});
    }
    const Interval* interval = free_interval(policy, **door, presented.at);
    if (interval == nullptr ||
        ((*door)->free_after_first && !came_first(memory, **door, *interval, presented.at))) {
        return tl::make_unexpected(Refusal{Reason::outside_hours, Check::hours});
    }
    return interval->until;
}

}  // namespace

Decision granted(const Policy& policy, const Memory& memory, const Door& door,
                 const Presented& presented, Reason reason) {
    Decision decision;
    decision.allow = true;
    decision.reason = reason;
    decision.check = Check::none;
    decision.unlock_time = door.unlock_time;
    const bool waits = door.free_after_first && presented.clock.trust != ClockTrust::untrusted;
    const Interval* interval = waits ? free_interval(policy, door, presented.at) : nullptr;
    if (interval != nullptr && !came_first(memory, door, *interval, presented.at)) {
        decision.changes.first = FirstMark{door.scope, presented.at};
    }
    return decision;
}

Decision decide_badge(const Policy& policy, const Memory& memory, const Presented& presented,
                      const BadgeNumber& number) {
    const BadgeRecord* badge = policy.find_badge(number);
    if (badge == nullptr) {
        return refused({Reason::unknown_credential, Check::badge_known});
    }
    Decision decision = decide_known(policy, memory, presented, *badge, number.assurance);
    decision.badge = badge->badge;
    return decision;
}

Decision decide_free(const Policy& policy, const Memory& memory, const Presented& presented) {
    if (const auto until = free_now(policy, memory, presented); !until) {
        return refused(until.error());
    }
    Decision decision;
    decision.allow = true;
    decision.reason = Reason::granted_free_access;
    decision.check = Check::none;
    decision.unlock_time = policy.find_door(presented.door)->unlock_time;
    return decision;
}

std::optional<std::chrono::sys_seconds> free_until(const Policy& policy, const Memory& memory,
                                                   const Presented& presented) {
    const auto until = free_now(policy, memory, presented);
    return until ? std::optional(*until) : std::nullopt;
}

}  // namespace creneau::policy
