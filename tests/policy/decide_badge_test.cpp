#include "policy/decide.hpp"
#include "tests/policy/sample_town.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

namespace creneau::policy {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

// What a decision looks at; a row of the table changes some of it. A badge of the sample opens the
// hall from an hour before the pass of qr/FORMAT.md until three hours after its start.
struct Scene {
    SampleTown town;
    Memory memory;
    BadgeNumber number = sample_number();
    std::uint16_t door = kHallDoor;
    std::chrono::sys_seconds at = pass_start() + minutes{5};
    ClockState clock{ClockTrust::trusted, seconds{0}, seconds{0}};

    Scene() { give_badge(town.facts); }

    [[nodiscard]] Decision decide() const {
        return policy::decide(town.policy(), memory, {number, door, at, clock});
    }
    [[nodiscard]] Decision nobody() const {
        return policy::decide(town.policy(), memory, {NoCredential{}, door, at, clock});
    }
    BadgeRecord& badge() { return town.facts.badges[0]; }
    Door& hall() { return town.facts.doors[1]; }
};

void age(Scene& scene, seconds by) {
    scene.town.facts.issued_at = scene.at - by;
}

void passback(Scene& scene, PassbackMode mode) {
    scene.hall().passback = {mode, minutes{10}};
    scene.memory.entries[{scene.badge().badge, kHallDoor}] = scene.at - minutes{9};
}

struct Row {
    std::string name;
    std::function<void(Scene&)> change;
    Reason reason;
    Check check;
};

class DecideBadge : public testing::TestWithParam<Row> {};

TEST_P(DecideBadge, GivesThisReason) {
    Scene scene;
    ASSERT_TRUE(scene.decide().allow);
    GetParam().change(scene);
    const Decision decision = scene.decide();
    EXPECT_EQ(word_for(decision.reason), word_for(GetParam().reason));
    EXPECT_EQ(word_for(decision.check), word_for(GetParam().check));
    EXPECT_EQ(decision.allow, GetParam().check == Check::none);
    EXPECT_EQ(decision.badge.has_value(), GetParam().check != Check::badge_known);
    EXPECT_EQ(decision.unlock_time > seconds{0}, decision.allow);
}

const auto kName = [](const auto& info) { return info.param.name; };

INSTANTIATE_TEST_SUITE_P(
    Doors, DecideBadge,
    testing::Values(Row{"zone_holds_the_door", [](Scene& s) { s.door = kStreetDoor; },
                        Reason::granted_profile, Check::none},
                    Row{"zone_without_the_door", [](Scene& s) { s.door = kOfficeDoor; },
                        Reason::wrong_door, Check::scope},
                    Row{"door_of_another_agent", [](Scene& s) { s.door = 99; }, Reason::wrong_door,
                        Check::door_known},
                    Row{"another_number", [](Scene& s) { s.number.bytes[0] ^= 1U; },
                        Reason::unknown_credential, Check::badge_known},
                    Row{"a_longer_number", [](Scene& s) { s.number.length += 1; },
                        Reason::unknown_credential, Check::badge_known},
                    Row{"no_number", [](Scene& s) { s.number.length = 0; },
                        Reason::unknown_credential, Check::badge_known},
                    Row{"disabled", [](Scene& s) { s.hall().state = ServiceState::disabled; },
                        Reason::door_disabled, Check::door_state},
                    Row{"lockdown_holds_even_against_emergency",
                        [](Scene& s) {
                            s.hall().state = ServiceState::lockdown;
                            s.badge().flags.emergency = true;
                        },
                        Reason::lockdown, Check::door_state},
                    Row{"revoked", [](Scene& s) { s.badge().flags = {true, true, true, true}; },
                        Reason::revoked, Check::revocation},
                    Row{"low_assurance_at_a_high_door",
                        [](Scene& s) { s.hall().high_assurance = true; }, Reason::wrong_door,
                        Check::assurance},
                    Row{"high_assurance_at_a_high_door",
                        [](Scene& s) {
                            s.hall().high_assurance = true;
                            s.number.assurance = Assurance::high;
                        },
                        Reason::granted_profile, Check::none}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    Hours, DecideBadge,
    testing::Values(Row{"before_its_hours",
                        [](Scene& s) { s.at = pass_start() - hours{1} - seconds{1}; },
                        Reason::outside_hours, Check::hours},
                    Row{"first_second", [](Scene& s) { s.at = pass_start() - hours{1}; },
                        Reason::granted_profile, Check::none},
                    Row{"the_end_is_excluded", [](Scene& s) { s.at = pass_start() + hours{3}; },
                        Reason::outside_hours, Check::hours},
                    Row{"always_is_any_hour",
                        [](Scene& s) {
                            s.badge().flags.always = true;
                            s.at = pass_start() + hours{20};
                        },
                        Reason::granted_profile, Check::none},
                    Row{"bookings_give_their_own_reason",
                        [](Scene& s) { s.town.facts.schedules[0].of_bookings = true; },
                        Reason::granted_booking, Check::none},
                    Row{"not_yet_valid",
                        [](Scene& s) { s.badge().from = moment_of(s.at + seconds{1}); },
                        Reason::not_yet_valid, Check::time},
                    Row{"expired", [](Scene& s) { s.badge().until = moment_of(s.at); },
                        Reason::expired, Check::time}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    Trust, DecideBadge,
    testing::Values(Row{"untrusted_clock", [](Scene& s) { s.clock.trust = ClockTrust::untrusted; },
                        Reason::clock_untrusted, Check::clock},
                    Row{"always_needs_no_clock",
                        [](Scene& s) {
                            s.badge().flags.always = true;
                            s.clock.trust = ClockTrust::untrusted;
                            s.at = std::chrono::sys_seconds{};
                        },
                        Reason::granted_profile, Check::none},
                    Row{"stale", [](Scene& s) { age(s, hours{72}); }, Reason::granted_profile,
                        Check::none},
                    Row{"policy_expired", [](Scene& s) { age(s, hours{72} + seconds{1}); },
                        Reason::policy_expired, Check::policy_age},
                    Row{"always_goes_on_for_30_days",
                        [](Scene& s) {
                            s.badge().flags.always = true;
                            age(s, days{30});
                        },
                        Reason::granted_profile, Check::none},
                    Row{"after_30_days_always_ends",
                        [](Scene& s) {
                            s.badge().flags.always = true;
                            age(s, days{30} + seconds{1});
                        },
                        Reason::policy_expired, Check::policy_age},
                    Row{"after_30_days_emergency_goes_on",
                        [](Scene& s) {
                            s.badge().flags.emergency = true;
                            age(s, days{60});
                        },
                        Reason::granted_profile, Check::none}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    Passback, DecideBadge,
    testing::Values(Row{"hard", [](Scene& s) { passback(s, PassbackMode::hard); }, Reason::passback,
                        Check::passback},
                    Row{"hard_by_a_mark_ahead_of_the_clock",
                        [](Scene& s) {
                            passback(s, PassbackMode::hard);
                            s.memory.entries.begin()->second = s.at + minutes{9};
                        },
                        Reason::passback, Check::passback},
                    Row{"hard_after_its_minutes",
                        [](Scene& s) {
                            passback(s, PassbackMode::hard);
                            s.memory.entries.begin()->second = s.at - minutes{10};
                        },
                        Reason::granted_profile, Check::none},
                    Row{"hard_by_another_door",
                        [](Scene& s) {
                            passback(s, PassbackMode::hard);
                            s.memory.entries = {{{s.badge().badge, kStreetDoor}, s.at}};
                        },
                        Reason::granted_profile, Check::none},
                    Row{"off",
                        [](Scene& s) {
                            passback(s, PassbackMode::hard);
                            s.hall().passback = {};
                        },
                        Reason::granted_profile, Check::none}),
    kName);

TEST(DecideBadges, SoftPassbackOpensAndSaysSo) {
    Scene scene;
    scene.hall().passback = {PassbackMode::soft, minutes{10}};
    const Decision first = scene.decide();
    EXPECT_FALSE(first.soft_passback);
    ASSERT_EQ(first.changes.entry, (EntryMark{scene.badge().badge, kHallDoor, scene.at}));
    apply(scene.memory, first.changes);
    const Decision second = scene.decide();
    EXPECT_TRUE(second.allow);
    EXPECT_TRUE(second.soft_passback);
}

TEST(DecideBadges, UnlockLongerForWhoNeedsIt) {
    Scene scene;
    EXPECT_EQ(scene.decide().unlock_time, scene.hall().unlock_time);
    scene.badge().flags.longer_unlock = true;
    EXPECT_EQ(scene.decide().unlock_time, scene.hall().longer_unlock_time);
    EXPECT_LT(scene.hall().unlock_time, scene.hall().longer_unlock_time);
}

TEST(DecideBadges, OneNumberGivesEachAgentAnotherHash) {
    BadgeHashKey other = sample_badge_key();
    other[0] ^= 1U;
    EXPECT_NE(hash_badge(other, sample_number().number()),
              hash_badge(sample_badge_key(), sample_number().number()));
}

TEST(FreeAccess, OpensToEverybodyWithinItsHoursOnly) {
    Scene scene;
    EXPECT_EQ(scene.nobody().reason, Reason::outside_hours);
    scene.hall().free_access = scene.town.facts.schedules[0].id;
    const Decision open = scene.nobody();
    EXPECT_TRUE(open.allow);
    EXPECT_EQ(open.reason, Reason::granted_free_access);
    EXPECT_EQ(
        free_until(scene.town.policy(), {}, {NoCredential{}, kHallDoor, scene.at, scene.clock}),
        pass_start() + hours{3});
    scene.at = pass_start() + hours{3};
    EXPECT_EQ(scene.nobody().reason, Reason::outside_hours);
}

TEST(FreeAccess, EndsWithTheDoorsServiceTheClockAndThePolicy) {
    Scene scene;
    scene.hall().free_access = scene.town.facts.schedules[0].id;
    ASSERT_TRUE(scene.nobody().allow);
    scene.hall().state = ServiceState::lockdown;
    EXPECT_EQ(scene.nobody().reason, Reason::lockdown);
    scene.hall().state = ServiceState::in_service;
    scene.clock.trust = ClockTrust::untrusted;
    EXPECT_EQ(scene.nobody().reason, Reason::clock_untrusted);
    scene.clock.trust = ClockTrust::holdover;
    age(scene, hours{72} + seconds{1});
    EXPECT_EQ(scene.nobody().reason, Reason::policy_expired);
    age(scene, hours{72});
    EXPECT_TRUE(scene.nobody().allow);
}

TEST(FreeAccess, WaitsForTheFirstWhoIsLetInWithinItsInterval) {
    Scene scene;
    scene.hall().free_access = scene.town.facts.schedules[0].id;
    scene.hall().free_after_first = true;
    EXPECT_EQ(scene.nobody().reason, Reason::outside_hours);
    scene.memory.firsts[kHallDoor] = pass_start() - hours{2};
    EXPECT_EQ(scene.nobody().reason, Reason::outside_hours);
    const Decision first = scene.decide();
    ASSERT_EQ(first.changes.first, (FirstMark{kHallDoor, scene.at}));
    apply(scene.memory, first.changes);
    EXPECT_TRUE(scene.nobody().allow);
    EXPECT_EQ(scene.decide().changes.first, std::nullopt);
}

TEST(FreeAccess, WaitsForNobodyThatIsRefused) {
    Scene scene;
    scene.hall().free_access = scene.town.facts.schedules[0].id;
    scene.hall().free_after_first = true;
    scene.badge().flags.revoked = true;
    EXPECT_EQ(scene.decide().changes.first, std::nullopt);
    scene.badge().flags.revoked = false;
    EXPECT_NE(scene.decide().changes.first, std::nullopt);
}

}  // namespace
}  // namespace creneau::policy
