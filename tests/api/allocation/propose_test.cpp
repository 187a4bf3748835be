#include "api/allocation/propose.hpp"

#include "api/allocation/demand.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <vector>

namespace creneau::allocation {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

Option option(std::vector<std::int64_t> spaces, minutes from, std::int64_t value) {
    return {std::move(spaces), {from, from + hours(2)}, value};
}

TEST(Propose, GivesASlotToTheWishThatIsWorthMore) {
    const std::vector<Wish> wishes{{{option({1}, hours(18), 500)}},
                                   {{option({1}, hours(19), 600)}}};
    const auto proposal = propose(wishes, 1);
    EXPECT_EQ(proposal.choices, (std::vector<Choice>{{}, 0}));
    EXPECT_EQ(proposal.value, 600);
    EXPECT_EQ(holders_of(wishes, proposal, 0, 0), std::vector<std::size_t>{1});
}

TEST(Propose, SendsAWishToItsSecondRoomWhenBothThenHaveOne) {
    const std::vector<Wish> wishes{{{option({1}, hours(18), 1000), option({2}, hours(18), 850)}},
                                   {{option({1}, hours(18), 400)}}};
    EXPECT_EQ(propose(wishes, 1).choices, (std::vector<Choice>{1, 0}));
}

TEST(Propose, LetsTwoSmallWishesHaveTheTwoHalvesOfAHall) {
    const std::vector<Wish> wishes{{{option({1, 2}, hours(18), 900)}},
                                   {{option({1}, hours(18), 500)}},
                                   {{option({2}, hours(18), 500)}}};
    EXPECT_EQ(propose(wishes, 1).choices, (std::vector<Choice>{{}, 0, 0}));
}

TEST(Propose, GrantsSlotsThatOnlyTouch) {
    const std::vector<Wish> wishes{{{option({1}, hours(18), 1)}}, {{option({1}, hours(20), 1)}}};
    EXPECT_EQ(propose(wishes, 1).value, 2);
}

TEST(Propose, KnowsThatSundayNightMeetsMondayMorning) {
    const std::vector<Wish> wishes{{{option({1}, kWeek - hours(1), 5)}},
                                   {{option({1}, minutes(0), 7)}}};
    EXPECT_EQ(propose(wishes, 1).choices, (std::vector<Choice>{{}, 0}));
}

TEST(Propose, LeavesAWishWithoutOptionsEmpty) {
    const auto proposal = propose(std::vector<Wish>(2), 1);
    EXPECT_EQ(proposal.choices, (std::vector<Choice>{{}, {}}));
    EXPECT_TRUE(proposal.is_optimal);
}

TEST(Propose, RefusesPinsThatExcludeOneAnother) {
    const std::vector<Wish> wishes{{{option({1}, hours(18), 1)}}, {{option({1}, hours(18), 1)}}};
    const std::vector<Pin> both{Choice(0), Choice(0)};
    EXPECT_THROW((void)propose(wishes, 1, both), std::invalid_argument);
    const std::vector<Pin> unknown{Choice(1), {}};
    EXPECT_THROW((void)propose(wishes, 1, unknown), std::invalid_argument);
}

}  // namespace
}  // namespace creneau::allocation
