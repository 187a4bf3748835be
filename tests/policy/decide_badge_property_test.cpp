#include "policy/decide.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

namespace creneau::policy {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr int kEpoch = 2'000'000;  // minutes: where the small world begins
constexpr int kDoors = 3;          // scopes 1 to 3; zone 0x8000 holds 1 and 2

int pick(int low, int high) {
    // At full size, so that early cases are as varied as late ones.
    return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(low, high));
}

// The world as plain numbers, minute by minute: nothing in it is sorted, hashed or shared.
struct PlainBadge {
    int number = 0;
    int from = 0;
    int until = 0;
    int flags = 0;                              // 1 always, 2 emergency, 4 longer, 8 revoked
    std::array<std::array<int, 60>, 4> open{};  // by door and minute: 1 profile, 2 booking
    std::array<bool, 4> covered{};
};

struct World {
    std::vector<PlainBadge> badges;
    Policy policy;
    Memory memory;
};

Moment moment(int minute) {
    return moment_of(std::chrono::sys_seconds{minutes{kEpoch + minute}});
}

std::array<std::uint8_t, 4> bytes_of(int number) {
    return {0x04, 0x00, 0x01, static_cast<std::uint8_t>(number)};
}

Schedule any_schedule(std::uint32_t id) {
    Schedule schedule{ScheduleId{id}, pick(0, 2) == 1, {}};
    int at = pick(0, 20);
    while (at < 58 && pick(0, 4) != 0) {
        const int until = std::min(60, at + pick(1, 20));
        schedule.intervals.push_back({moment(at), moment(until)});
        at = until + pick(1, 20);
    }
    return schedule;
}

void open_by(PlainBadge& badge, const AccessRule& rule, const Schedule& schedule) {
    for (int door = 1; door <= kDoors; ++door) {
        const bool covers = rule.scope == door || (rule.scope == 0x8000 && door <= 2);
        if (!covers) {
            continue;
        }
        const auto d = static_cast<std::size_t>(door);
        badge.covered[d] = true;
        for (std::size_t minute = 0; minute < 60; ++minute) {
            for (const Interval& interval : schedule.intervals) {
                const auto at = moment(static_cast<int>(minute));
                if (interval.from <= at && at < interval.until && badge.open[d][minute] != 1) {
                    badge.open[d][minute] = schedule.of_bookings ? 2 : 1;
                }
            }
        }
    }
}

void add_set(World& world, std::uint32_t id) {
    AccessSet set{AccessSetId{id}, {}};
    const std::array<std::uint16_t, 5> scopes{1, 2, 3, 0x8000, 0x9000};
    for (int i = pick(0, 4); i > 0; --i) {
        set.rules.push_back({scopes[static_cast<std::size_t>(pick(0, 5))],
                             ScheduleId{static_cast<std::uint32_t>(pick(1, 4))}});
    }
    world.policy.access_sets.push_back(set);
}

void add_badge(World& world, int number) {
    PlainBadge badge;
    badge.number = number;
    badge.from = pick(-10, 30);
    badge.until = badge.from + pick(1, 80);
    badge.flags = pick(0, 3) == 0 ? pick(0, 16) : 0;
    const auto& set = world.policy.access_sets[static_cast<std::size_t>(pick(0, 3))];
    for (const AccessRule& rule : set.rules) {
        open_by(badge, rule, *world.policy.find_schedule(rule.schedule));
    }
    const int f = badge.flags;
    world.policy.badges.push_back({hash_badge(world.policy.badge_key, bytes_of(number)),
                                   BadgeRef{static_cast<std::uint32_t>(number)},
                                   moment(badge.from),
                                   moment(badge.until),
                                   set.id,
                                   {(f & 1) != 0, (f & 2) != 0, (f & 4) != 0, (f & 8) != 0}});
    world.badges.push_back(badge);
}

World any_world() {
    World world;
    world.policy.badge_key.fill(static_cast<std::uint8_t>(pick(0, 256)));
    for (std::uint16_t scope = 1; scope <= kDoors; ++scope) {
        Door door{scope, std::to_string(scope), "door"};
        door.state = static_cast<ServiceState>(std::max(0, pick(-10, 3)));
        door.high_assurance = pick(0, 6) == 0;
        door.passback = {static_cast<PassbackMode>(pick(0, 3)), minutes{5}};
        world.policy.doors.push_back(door);
    }
    world.policy.zones = {{0x8000, {1, 2}}};
    for (std::uint32_t id = 1; id <= 3; ++id) {
        world.policy.schedules.push_back(any_schedule(id));
    }
    for (std::uint32_t id = 1; id <= 3; ++id) {
        add_set(world, id);
    }
    for (int number = pick(1, 8); number > 0; --number) {
        add_badge(world, number);
    }
    std::ranges::sort(world.policy.badges, {}, &BadgeRecord::hash);
    return world;
}

struct Visit {
    int number = 0;
    int door = 0;
    int minute = 0;
    int age_h = 0;
    bool trusted = true;
    bool high = false;
    std::optional<int> entered;  // minutes before, by this door
};

Visit any_visit(const World& world) {
    Visit visit;
    visit.number = pick(0, static_cast<int>(world.badges.size()) + 2);
    visit.door = pick(1, kDoors + 2);
    visit.minute = pick(0, 60);
    visit.age_h = std::array{0, 0, 0, 71, 73, 700, 721}[static_cast<std::size_t>(pick(0, 7))];
    visit.trusted = pick(0, 8) != 0;
    visit.high = pick(0, 2) == 1;
    if (pick(0, 2) == 1) {
        visit.entered = pick(-8, 9);
    }
    return visit;
}

// FORMAT.md, "A badge at a door", over the plain numbers.
std::string oracle(const World& world, const Visit& v) {
    const PlainBadge* badge = nullptr;
    for (const PlainBadge& one : world.badges) {
        badge = one.number == v.number ? &one : badge;
    }
    if (badge == nullptr) {
        return "unknown_credential";
    }
    if (v.door > kDoors) {
        return "wrong_door";
    }
    const Door& door = world.policy.doors[static_cast<std::size_t>(v.door) - 1];
    if (door.state != ServiceState::in_service) {
        return door.state == ServiceState::lockdown ? "lockdown" : "door_disabled";
    }
    if ((badge->flags & 8) != 0) {
        return "revoked";
    }
    if ((door.high_assurance && !v.high) || !badge->covered[static_cast<std::size_t>(v.door)]) {
        return "wrong_door";
    }
    const bool any_hour = (badge->flags & 3) != 0;
    if (!v.trusted && !any_hour) {
        return "clock_untrusted";
    }
    const bool emergency = (badge->flags & 2) != 0;
    if ((v.age_h > 72 && !any_hour) || (v.age_h > 720 && !emergency)) {
        return "policy_expired";
    }
    if (v.trusted && v.minute < badge->from) {
        return "not_yet_valid";
    }
    if (v.trusted && v.minute >= badge->until) {
        return "expired";
    }
    const int open =
        any_hour
            ? 1
            : badge->open[static_cast<std::size_t>(v.door)][static_cast<std::size_t>(v.minute)];
    if (open == 0) {
        return "outside_hours";
    }
    if (door.passback.mode == PassbackMode::hard && v.entered && std::abs(*v.entered) < 5) {
        return "passback";
    }
    return open == 1 ? "granted_profile" : "granted_booking";
}

void check(World& world, const Visit& visit) {
    const auto at = std::chrono::sys_seconds{minutes{kEpoch + visit.minute}};
    world.policy.issued_at = at - std::chrono::hours{visit.age_h};
    world.memory = {};
    if (visit.entered) {
        world.memory.entries[{BadgeRef{static_cast<std::uint32_t>(visit.number)},
                              static_cast<std::uint16_t>(visit.door)}] =
            at - minutes{*visit.entered};
    }
    const ClockState clock{visit.trusted ? ClockTrust::trusted : ClockTrust::untrusted, seconds{0},
                           seconds{0}};
    const auto number =
        badge_number(bytes_of(visit.number), visit.high ? Assurance::high : Assurance::low);
    const Decision decision = decide(world.policy, world.memory,
                                     {*number, static_cast<std::uint16_t>(visit.door), at, clock});
    const std::string expected = oracle(world, visit);
    RC_ASSERT(std::string{word_for(decision.reason)} == expected);
    RC_ASSERT(decision.allow == (expected.rfind("granted", 0) == 0));
    RC_ASSERT(decision.badge.has_value() == (expected != "unknown_credential"));
    RC_ASSERT(decision.changes.empty() || decision.allow);
}

// A hundred times ten worlds with thirty visits each.
RC_GTEST_PROP(DecideBadges, AgreeWithTheRulesSaidMinuteByMinute, ()) {
    for (int i = 0; i < 10; ++i) {
        World world = any_world();
        for (int j = 0; j < 30; ++j) {
            check(world, any_visit(world));
        }
    }
}

}  // namespace
}  // namespace creneau::policy
