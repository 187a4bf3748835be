#include "api/allocation/demand.hpp"
#include "api/allocation/propose.hpp"
#include "random_round.hpp"
#include "tests/support/any_in.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iostream>
#include <random>
#include <vector>

namespace creneau::allocation {
namespace {

using support::any_in;

/// Every way to grant the wishes, tried.
std::int64_t exhaustive(const std::vector<Wish>& wishes, std::vector<Choice>& choices) {
    if (choices.size() == wishes.size()) {
        return overlaps(wishes, choices) ? -1 : worth(wishes, choices);
    }
    const std::size_t options = wishes[choices.size()].options.size();
    std::int64_t best = -1;
    for (std::size_t option = 0; option <= options; ++option) {
        choices.push_back(option == options ? Choice() : Choice(option));
        best = std::max(best, exhaustive(wishes, choices));
        choices.pop_back();
    }
    return best;
}

std::vector<Wish> round_of(int wishes, int spaces, int days = 7) {
    std::mt19937_64 random(*rc::gen::arbitrary<std::uint64_t>());
    return random_round({wishes, spaces, days}, random);
}

TEST(Propose, IsTheExhaustiveOptimumOfSmallRounds) {
    EXPECT_TRUE(rc::check("worth the same as the best of all ways", [] {
        const auto wishes = round_of(*any_in(0, 7), *any_in(1, 4), *any_in(1, 3));
        const auto proposal = propose(wishes, 1);
        std::vector<Choice> none;
        RC_ASSERT(proposal.is_optimal);
        RC_ASSERT(proposal.value == exhaustive(wishes, none));
    }));
}

TEST(Propose, NeverPutsTwoIntoOneSpace) {
    EXPECT_TRUE(rc::check("no minute of a space is granted twice", [] {
        const auto wishes = round_of(*any_in(1, 60), *any_in(1, 8));
        const auto proposal = propose(wishes, *rc::gen::arbitrary<std::uint64_t>());
        RC_ASSERT(!overlaps(wishes, proposal.choices));
        RC_ASSERT(proposal.value == worth(wishes, proposal.choices));
    }));
}

TEST(Propose, KeepsWhatTheOfficeHasSettled) {
    EXPECT_TRUE(rc::check("pins hold and the rest is as good as it can be", [] {
        const auto wishes = round_of(*any_in(1, 6), 2, 1);
        std::vector<Pin> pins(wishes.size());
        const auto settled = *any_in<std::size_t>(0, wishes.size());
        pins[settled] = *rc::gen::arbitrary<bool>() ? Choice(std::size_t{0}) : Choice();
        const auto proposal = propose(wishes, 1, pins);
        RC_ASSERT(proposal.choices[settled] == *pins[settled]);
        RC_ASSERT(!overlaps(wishes, proposal.choices));
        auto only = wishes;
        if (*pins[settled]) {
            only[settled].options.resize(1);
            only[settled].options[0].value += 1'000'000;  // nothing is worth going without it
        } else {
            only[settled].options.clear();
        }
        const auto bonus = *pins[settled] ? 1'000'000 : 0;
        std::vector<Choice> none;
        RC_ASSERT(proposal.value + bonus == exhaustive(only, none));
    }));
}

TEST(Propose, IsWithinTwoPercentOfTheBestOfTwentyRandomRestarts) {
    const std::uint64_t seed = std::random_device()();
    std::cout << "seed " << seed << '\n';
    std::mt19937_64 random(seed);
    const auto wishes = random_round({300, 12}, random);
    const auto proposal = propose(wishes, 1);
    std::int64_t best = 0;
    for (int restart = 0; restart < 20; ++restart) {
        best = std::max(best, propose(wishes, random()).value);
        best = std::max(best, worth(wishes, first_come(wishes, random)));
    }
    EXPECT_FALSE(overlaps(wishes, proposal.choices));
    EXPECT_GE(proposal.value * 100, best * 98) << "seed " << seed;
}

TEST(Propose, IsTheSameForTheSameSeed) {
    std::mt19937_64 random(7);
    const auto wishes = random_round({120, 4}, random);
    EXPECT_EQ(propose(wishes, 3).choices, propose(wishes, 3).choices);
}

}  // namespace
}  // namespace creneau::allocation
