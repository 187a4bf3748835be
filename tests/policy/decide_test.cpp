#include "policy/decide.hpp"

#include "tests/policy/sample_town.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <string>

namespace creneau::policy {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

// Everything that a decision looks at; a row of the table changes some of it.
struct Scene {
    SampleTown town;
    qr::PassFields pass = qr::vector_fields();
    Memory memory;
    std::uint16_t door = kHallDoor;
    std::chrono::sys_seconds at = pass_start() + minutes{5};
    ClockState clock{ClockTrust::trusted, seconds{0}, seconds{0}};

    [[nodiscard]] Decision decide() const {
        const auto bytes = qr::sign_pass(town.pass_key, kTown, pass);
        return policy::decide(town.policy(), memory, {bytes, door, at, clock});
    }
};

std::chrono::sys_seconds pass_end() {
    return qr::end_of(qr::vector_fields());
}

void revoke(Scene& scene, std::uint8_t revision) {
    scene.town.facts.revocations = {{scene.pass.pass_id, revision, pass_end()}};
}

// Issued so long before the read, within the policy key's window.
void age(Scene& scene, seconds by) {
    scene.town.facts.issued_at = scene.at - by;
}

struct Row {
    std::string name;
    std::function<void(Scene&)> change;
    Reason reason;
    Check check;
};

class DecideTable : public testing::TestWithParam<Row> {};

TEST_P(DecideTable, GivesThisReason) {
    Scene scene;
    ASSERT_TRUE(scene.decide().allow);
    GetParam().change(scene);
    const Decision decision = scene.decide();
    EXPECT_EQ(word_for(decision.reason), word_for(GetParam().reason));
    EXPECT_EQ(word_for(decision.check), word_for(GetParam().check));
    EXPECT_EQ(decision.allow, GetParam().check == Check::none);
}

const auto kName = [](const auto& info) { return info.param.name; };

INSTANTIATE_TEST_SUITE_P(
    Doors, DecideTable,
    testing::Values(Row{"zone_holds_the_door", [](Scene& s) { s.door = kStreetDoor; },
                        Reason::granted_booking, Check::none},
                    Row{"scope_is_the_door", [](Scene& s) { s.pass.scope = kHallDoor; },
                        Reason::granted_booking, Check::none},
                    Row{"zone_without_the_door", [](Scene& s) { s.door = kOfficeDoor; },
                        Reason::wrong_door, Check::scope},
                    Row{"scope_of_another_door", [](Scene& s) { s.pass.scope = kStreetDoor; },
                        Reason::wrong_door, Check::scope},
                    Row{"unknown_zone", [](Scene& s) { s.pass.scope = 0xFFFF; }, Reason::wrong_door,
                        Check::scope},
                    Row{"door_of_another_agent", [](Scene& s) { s.door = 99; }, Reason::wrong_door,
                        Check::door_known},
                    Row{"disabled_door",
                        [](Scene& s) { s.town.facts.doors[1].state = ServiceState::disabled; },
                        Reason::door_disabled, Check::door_state},
                    Row{"disabled_comes_before_wrong_door",
                        [](Scene& s) {
                            s.town.facts.doors[1].state = ServiceState::disabled;
                            s.pass.scope = kStreetDoor;
                        },
                        Reason::door_disabled, Check::door_state}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    Time, DecideTable,
    testing::Values(Row{"skew_before", [](Scene& s) { s.at = pass_start() - seconds{120}; },
                        Reason::granted_booking, Check::none},
                    Row{"one_second_too_early",
                        [](Scene& s) { s.at = pass_start() - seconds{121}; }, Reason::not_yet_valid,
                        Check::time},
                    Row{"last_second", [](Scene& s) { s.at = pass_end() + seconds{119}; },
                        Reason::granted_booking, Check::none},
                    Row{"end_is_excluded", [](Scene& s) { s.at = pass_end() + seconds{120}; },
                        Reason::expired, Check::time},
                    Row{"drift_widens_the_skew",
                        [](Scene& s) {
                            s.clock.drift = seconds{60};
                            s.at = pass_start() - seconds{180};
                        },
                        Reason::granted_booking, Check::none},
                    Row{"skew_stops_at_300",
                        [](Scene& s) {
                            s.clock.drift = seconds{10'000};
                            s.at = pass_start() - seconds{301};
                        },
                        Reason::not_yet_valid, Check::time},
                    Row{"negative_drift_counts_as_none",
                        [](Scene& s) {
                            s.clock.drift = seconds{-100};
                            s.at = pass_start() - seconds{120};
                        },
                        Reason::granted_booking, Check::none},
                    Row{"the_policy_sets_the_skew",
                        [](Scene& s) {
                            s.town.facts.settings.skew = seconds{0};
                            s.at = pass_start() - seconds{1};
                        },
                        Reason::not_yet_valid, Check::time},
                    Row{"holdover", [](Scene& s) { s.clock.trust = ClockTrust::holdover; },
                        Reason::granted_booking, Check::none},
                    Row{"untrusted_clock", [](Scene& s) { s.clock.trust = ClockTrust::untrusted; },
                        Reason::clock_untrusted, Check::clock},
                    Row{"untrusted_clock_in_1970",
                        [](Scene& s) {
                            s.clock.trust = ClockTrust::untrusted;
                            s.at = std::chrono::sys_seconds{};
                        },
                        Reason::clock_untrusted, Check::clock}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    PolicyAge, DecideTable,
    testing::Values(Row{"stale", [](Scene& s) { age(s, hours{72}); }, Reason::granted_booking,
                        Check::none},
                    Row{"expired", [](Scene& s) { age(s, hours{72} + seconds{1}); },
                        Reason::policy_expired, Check::policy_age},
                    Row{"expired_where_the_door_goes_on",
                        [](Scene& s) {
                            s.town.facts.doors[1].passes_when_expired = true;
                            age(s, days{30});
                        },
                        Reason::granted_booking, Check::none},
                    Row{"nothing_goes_on_after_30_days",
                        [](Scene& s) {
                            s.town.facts.doors[1].passes_when_expired = true;
                            age(s, days{30} + seconds{1});
                        },
                        Reason::policy_expired, Check::policy_age},
                    Row{"age_by_the_boot_clock_counts_too",
                        [](Scene& s) { s.clock.policy_age_at_least = hours{73}; },
                        Reason::policy_expired, Check::policy_age}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    Records, DecideTable,
    testing::Values(Row{"revoked_in_the_policy", [](Scene& s) { revoke(s, 0); }, Reason::revoked,
                        Check::revocation},
                    Row{"revoked_and_later_revisions_live_on",
                        [](Scene& s) {
                            revoke(s, 0);
                            s.pass.revision = 1;
                        },
                        Reason::granted_booking, Check::none},
                    Row{"revoked_up_to_its_revision",
                        [](Scene& s) {
                            revoke(s, 4);
                            s.pass.revision = 3;
                        },
                        Reason::revoked, Check::revocation},
                    Row{"revocation_remembered_though_the_policy_forgot",
                        [](Scene& s) { remember(s.memory, {s.pass.pass_id, 0, pass_end()}); },
                        Reason::revoked, Check::revocation},
                    Row{"revocation_of_another_pass",
                        [](Scene& s) { remember(s.memory, {qr::PassId{5}, 255, pass_end()}); },
                        Reason::granted_booking, Check::none},
                    Row{"superseded",
                        [](Scene& s) { s.memory.revisions[s.pass.pass_id] = {1, pass_end()}; },
                        Reason::superseded_revision, Check::revision},
                    Row{"same_revision_again",
                        [](Scene& s) {
                            s.pass.revision = 1;
                            s.memory.revisions[s.pass.pass_id] = {1, pass_end()};
                        },
                        Reason::granted_booking, Check::none},
                    Row{"revoked_comes_before_superseded",
                        [](Scene& s) {
                            revoke(s, 0);
                            s.memory.revisions[s.pass.pass_id] = {1, pass_end()};
                        },
                        Reason::revoked, Check::revocation},
                    Row{"time_comes_before_revoked",
                        [](Scene& s) {
                            revoke(s, 0);
                            s.at = pass_end() + hours{1};
                        },
                        Reason::expired, Check::time},
                    Row{"once_used_here",
                        [](Scene& s) {
                            s.pass.use = qr::Use::once_per_door;
                            s.memory.uses[{s.pass.pass_id, kHallDoor}] = pass_end();
                        },
                        Reason::already_used, Check::use},
                    Row{"once_used_at_another_door",
                        [](Scene& s) {
                            s.pass.use = qr::Use::once_per_door;
                            s.memory.uses[{s.pass.pass_id, kStreetDoor}] = pass_end();
                        },
                        Reason::granted_booking, Check::none},
                    Row{"a_pass_for_many_uses_ignores_marks",
                        [](Scene& s) { s.memory.uses[{s.pass.pass_id, kHallDoor}] = pass_end(); },
                        Reason::granted_booking, Check::none}),
    kName);

TEST(Decide, OpensOncePerDoorAndNoMoreOnceTheChangesAreApplied) {
    Scene scene;
    scene.pass.use = qr::Use::once_per_door;
    for (const std::uint16_t door : {kStreetDoor, kHallDoor}) {
        scene.door = door;
        const Decision first = scene.decide();
        ASSERT_TRUE(first.allow);
        EXPECT_EQ(first.changes.use, (UseMark{scene.pass.pass_id, door, pass_end()}));
        apply(scene.memory, first.changes);
        EXPECT_EQ(scene.decide().reason, Reason::already_used);
        EXPECT_TRUE(scene.decide().changes.empty());
    }
}

TEST(Decide, SupersedesAnOlderRevisionOnceANewerOneWasShown) {
    Scene scene;
    scene.pass.revision = 1;
    const Decision newer_shown = scene.decide();
    ASSERT_TRUE(newer_shown.allow);
    EXPECT_EQ(newer_shown.changes.revision, (RevisionMark{scene.pass.pass_id, 1, pass_end()}));
    apply(scene.memory, newer_shown.changes);
    scene.pass.revision = 0;
    EXPECT_EQ(scene.decide().reason, Reason::superseded_revision);
    scene.pass.revision = 1;
    EXPECT_TRUE(scene.decide().allow);
}

TEST(Decide, RaisesTheRevisionEvenAtTheWrongDoorButNotForAnEndedPass) {
    Scene scene;
    scene.pass.revision = 2;
    scene.door = kOfficeDoor;
    EXPECT_EQ(scene.decide().changes.revision->revision, 2);
    scene.door = kHallDoor;
    scene.at = pass_end() + hours{1};
    EXPECT_TRUE(scene.decide().changes.empty());
}

TEST(Decide, SaysWhichPassOnlyWhenItsSignatureHolds) {
    Scene scene;
    EXPECT_EQ(scene.decide().pass, scene.pass);
    scene.door = kOfficeDoor;
    EXPECT_EQ(scene.decide().pass, scene.pass);
    const Decision forged = decide(scene.town.policy(), scene.memory,
                                   {qr::sign_pass(scene.town.command_key, kTown, scene.pass),
                                    scene.door, scene.at, scene.clock});
    EXPECT_EQ(forged.pass, std::nullopt);
}

TEST(Decide, ReadsTextAsAReaderDeliversIt) {
    const Scene scene;
    const auto digits = qr::to_digits(qr::sign_pass(scene.town.pass_key, kTown, scene.pass));
    const std::string text = "]Q1" + std::string{qr::view(digits)} + "\r\n";
    const Presented presented{PassText{text}, scene.door, scene.at, scene.clock};
    EXPECT_TRUE(decide(scene.town.policy(), scene.memory, presented).allow);
}

TEST(Decide, KnowsNothingWithoutAPolicy) {
    const Scene scene;
    const auto bytes = qr::sign_pass(scene.town.pass_key, kTown, scene.pass);
    EXPECT_FALSE(decide(Policy{}, {}, {bytes, scene.door, scene.at, scene.clock}).allow);
    EXPECT_TRUE(scene.decide().allow);
}

}  // namespace
}  // namespace creneau::policy
