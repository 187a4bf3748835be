#include "policy/badge.hpp"
#include "policy/container.hpp"
#include "policy/fingerprint.hpp"
#include "policy/page.hpp"
#include "policy/policy_file.hpp"
#include "tests/policy/sample_town.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::policy {
namespace {

using Bytes = std::vector<std::uint8_t>;

// BLAKE2b-256 of the file of the sample with a badge: whoever changes the form changes FORMAT.md,
// the number of the form and this.
constexpr std::string_view kGolden =
    "8aa62024327d7a674b5a46301e28247abf38eaf9e747b963d0b6f397b357bec8";

// A badge in a set of its own kind, among many.
BadgeRecord another_badge(const PolicyFacts& facts, std::uint32_t i) {
    const std::array<std::uint8_t, 4> number{
        static_cast<std::uint8_t>(i >> 24U), static_cast<std::uint8_t>(i >> 16U),
        static_cast<std::uint8_t>(i >> 8U), static_cast<std::uint8_t>(i)};
    BadgeRecord badge = facts.badges[0];
    badge.hash = hash_badge(facts.badge_key, number);
    badge.badge = BadgeRef{i};
    return badge;
}

void give_badges(PolicyFacts& facts, std::uint32_t count) {
    give_badge(facts);
    for (std::uint32_t i = 1; i < count; ++i) {
        facts.badges.push_back(another_badge(facts, i));
    }
}

TEST(PolicyFile, SaysWhatItsFactsSayOfBadgesAndDoors) {
    SampleTown town;
    give_badge(town.facts);
    town.facts.badges[0].flags = {true, false, true, false};
    town.facts.access_sets.push_back({AccessSetId{3}, {}});
    Door& door = town.facts.doors[1];
    door.state = ServiceState::lockdown;
    door.held_open = {std::chrono::seconds{60}, std::chrono::seconds{20}};
    door.relock = Relock::after_time;
    door.passback = {PassbackMode::hard, std::chrono::minutes{5}};
    door.high_assurance = true;
    door.free_access = town.facts.schedules[0].id;
    door.free_after_first = true;
    const Policy policy = town.policy();
    EXPECT_EQ(policy.doors, town.facts.doors);
    EXPECT_EQ(policy.badges, town.facts.badges);
    EXPECT_EQ(policy.badge_key, town.facts.badge_key);
    EXPECT_EQ(policy.schedules, town.facts.schedules);
    ASSERT_EQ(policy.access_sets.size(), 2U);
    EXPECT_EQ(policy.access_sets[1], town.facts.access_sets[0]);
    EXPECT_EQ(policy.find_badge(sample_number())->badge, BadgeRef{42});
}

TEST(PolicyFile, SpreadsManyBadgesOverPagesAndFindsEachOfThem) {
    SampleTown town;
    give_badges(town.facts, 5'000);
    const auto container = read_container(town.file()).value();
    EXPECT_EQ(container.pages.size(), 1U + 4U);
    EXPECT_TRUE(std::all_of(container.pages.begin(), container.pages.end(),
                            [](const Bytes& page) { return page.size() <= kLargestPage; }));
    const Policy policy = town.policy();
    EXPECT_EQ(policy.badges.size(), 5'000U);
    EXPECT_TRUE(std::ranges::is_sorted(policy.badges, {}, &BadgeRecord::hash));
    for (const std::uint8_t low : std::array<std::uint8_t, 3>{1, 77, 255}) {
        const std::array<std::uint8_t, 4> number{0, 0, 0, low};
        const auto* found = policy.find_badge(*badge_number(number, Assurance::low));
        ASSERT_NE(found, nullptr);
        EXPECT_EQ(found->badge, BadgeRef{low});
    }
}

std::vector<std::size_t> changed_pages(const SampleTown& before, const SampleTown& after) {
    const auto old_pages = read_container(before.file()).value().pages;
    const auto new_pages = read_container(after.file()).value().pages;
    EXPECT_EQ(old_pages.size(), new_pages.size());
    std::vector<std::size_t> changed;
    for (std::size_t i = 0; i < std::min(old_pages.size(), new_pages.size()); ++i) {
        if (old_pages[i] != new_pages[i]) {
            changed.push_back(i);
        }
    }
    return changed;
}

TEST(PolicyFile, ChangesNoPageButThatOfWhatChanged) {
    SampleTown before;
    give_badges(before.facts, 5'000);
    SampleTown after = before;
    after.facts.version += 1;
    after.facts.issued_at += std::chrono::hours{1};
    std::reverse(after.facts.badges.begin(), after.facts.badges.end());
    EXPECT_EQ(changed_pages(before, after), std::vector<std::size_t>{});

    after.facts.schedules[0].intervals[0].until += Moment::duration{86'400};
    EXPECT_EQ(changed_pages(before, after), std::vector<std::size_t>{0});

    after = before;
    BadgeRecord& lost = after.facts.badges[2'000];
    lost.flags.revoked = true;
    EXPECT_EQ(changed_pages(before, after), std::vector<std::size_t>{1 + page_of(lost.hash, 2)});
}

TEST(PolicyFile, KeepsItsForm) {
    SampleTown town;
    give_badge(town.facts);
    town.facts.revocations = sample_revocations();
    EXPECT_EQ(to_hex(blake2b_256(town.file())), kGolden);
}

struct BadFacts {
    std::string name;
    std::function<void(SampleTown&)> change;
    PolicyError error;
};

class PolicyBadgesRefused : public testing::TestWithParam<BadFacts> {};

TEST_P(PolicyBadgesRefused, WithThePlaceNamed) {
    SampleTown town;
    give_badge(town.facts);
    EXPECT_FALSE(town.file().empty());
    GetParam().change(town);
    const auto built = build_policy_file(town.facts, [&](std::span<const std::uint8_t> bytes) {
        return town.policy_key.sign(bytes);
    });
    ASSERT_FALSE(built.has_value());
    EXPECT_EQ(built.error(), GetParam().error);
}

INSTANTIATE_TEST_SUITE_P(
    PolicyFile, PolicyBadgesRefused,
    testing::Values(
        BadFacts{"longer_unlock_is_shorter",
                 [](SampleTown& s) {
                     s.facts.doors[1].longer_unlock_time = std::chrono::milliseconds{7'999};
                 },
                 {PolicyFault::out_of_range, "manifest/doors/1/longer_unlock_ms"}},
        BadFacts{"pre_alarm_at_the_limit",
                 [](SampleTown& s) {
                     s.facts.doors[1].held_open = {std::chrono::seconds{9},
                                                   std::chrono::seconds{9}};
                 },
                 {PolicyFault::out_of_range, "manifest/doors/1/pre_alarm_s"}},
        BadFacts{"passback_without_minutes",
                 [](SampleTown& s) { s.facts.doors[1].passback.mode = PassbackMode::soft; },
                 {PolicyFault::out_of_range, "manifest/doors/1/passback_min"}},
        BadFacts{"minutes_without_passback",
                 [](SampleTown& s) { s.facts.doors[1].passback.within = std::chrono::minutes{1}; },
                 {PolicyFault::out_of_range, "manifest/doors/1/passback_min"}},
        BadFacts{"unknown_free_access",
                 [](SampleTown& s) { s.facts.doors[1].free_access = ScheduleId{9}; },
                 {PolicyFault::unknown_row, "manifest/doors/danton-salle/free_access"}},
        BadFacts{"badge_twice",
                 [](SampleTown& s) { s.facts.badges.push_back(s.facts.badges[0]); },
                 {PolicyFault::duplicate, "file/pages/1/badges/1"}},
        BadFacts{"badge_over_400_days",
                 [](SampleTown& s) {
                     s.facts.badges[0].until =
                         s.facts.badges[0].from + std::chrono::days{400} + Moment::duration{1};
                 },
                 {PolicyFault::out_of_range, "file/pages/1/badges/0"}},
        BadFacts{"badge_that_ends_before_it_begins",
                 [](SampleTown& s) { s.facts.badges[0].until = s.facts.badges[0].from; },
                 {PolicyFault::out_of_range, "file/pages/1/badges/0"}},
        BadFacts{"badge_of_an_unknown_set",
                 [](SampleTown& s) { s.facts.badges[0].access = AccessSetId{9}; },
                 {PolicyFault::unknown_row, "badges/access"}},
        BadFacts{"set_of_an_unknown_schedule",
                 [](SampleTown& s) { s.facts.access_sets[0].rules[0].schedule = ScheduleId{9}; },
                 {PolicyFault::unknown_row, "access_sets/schedule"}},
        BadFacts{"set_0",
                 [](SampleTown& s) { s.facts.access_sets = {{AccessSetId{0}, {}}}; },
                 {PolicyFault::out_of_range, "file/pages/0/access_sets/0"}},
        BadFacts{"intervals_that_touch",
                 [](SampleTown& s) {
                     auto& intervals = s.facts.schedules[0].intervals;
                     intervals.push_back(
                         {intervals[0].until, intervals[0].until + Moment::duration{1}});
                 },
                 {PolicyFault::out_of_range, "file/pages/0/schedules/0"}},
        BadFacts{"interval_of_no_length",
                 [](SampleTown& s) {
                     auto& interval = s.facts.schedules[0].intervals[0];
                     interval.until = interval.from;
                 },
                 {PolicyFault::out_of_range, "file/pages/0/schedules/0"}}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace creneau::policy
