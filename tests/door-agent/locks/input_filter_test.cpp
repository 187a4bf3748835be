#include "door-agent/locks/input_filter.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <random>

namespace creneau::door {
namespace {

using std::chrono::milliseconds;

TEST(InputFilter, TellsTheFirstLookAtOnce) {
    InputFilter filter;
    EXPECT_FALSE(filter.known());
    EXPECT_EQ(filter.take(5, milliseconds(1000)), 5U);
    EXPECT_FALSE(filter.unsettled());
}

TEST(InputFilter, AChangeCountsWithItsSecondLook) {
    InputFilter filter;
    filter.take(0, milliseconds(1000));
    EXPECT_EQ(filter.take(1, milliseconds(1100)), std::nullopt);
    EXPECT_TRUE(filter.unsettled());
    EXPECT_EQ(filter.take(1, milliseconds(1110)), std::nullopt) << "too soon to be another look";
    EXPECT_EQ(filter.take(1, milliseconds(1130)), 1U);
    EXPECT_FALSE(filter.unsettled());
}

TEST(InputFilter, WhatIsGoneAtTheSecondLookWasABounce) {
    InputFilter filter;
    filter.take(0, milliseconds(1000));
    for (int i = 0; i < 100; ++i) {
        EXPECT_EQ(filter.take(i % 2 == 0 ? 1 : 0, milliseconds(1100 + 30 * i)), std::nullopt);
    }
    filter.take(1, milliseconds(9000));
    EXPECT_EQ(filter.take(1, milliseconds(9030)), 1U);
}

TEST(InputFilter, OneInputThatChattersHidesNoOther) {
    InputFilter filter;
    filter.take(0, milliseconds(1000));
    filter.take(0b11, milliseconds(1100));
    EXPECT_EQ(filter.take(0b10, milliseconds(1130)), 0b10U);
}

TEST(InputFilter, ForgetsWhatALostBoardHadTold) {
    InputFilter filter;
    filter.take(3, milliseconds(1000));
    filter.forget();
    EXPECT_FALSE(filter.known());
    EXPECT_EQ(filter.take(3, milliseconds(2000)), 3U) << "told again after the return";
}

TEST(InputFilter, WhatLastsFourHundredMillisecondsIsNeverMissed) {
    std::mt19937 random(7);
    for (int round = 0; round < 5000; ++round) {
        InputFilter filter;
        filter.take(0, milliseconds(0));
        const BootTime begins = milliseconds(1000 + static_cast<int>(random() % 500));
        const BootTime ends = begins + milliseconds(400);
        int seen = 0;
        BootTime now{0};
        while (now < milliseconds(3000)) {
            const int late = static_cast<int>(random() % 20);
            now += (filter.unsettled() ? InputFilter::kSettle : milliseconds(150)) +
                   milliseconds(late);
            // The contact bounces for 20 ms at both ends.
            const bool bounces = (now >= begins && now < begins + milliseconds(20)) ||
                                 (now >= ends && now < ends + milliseconds(20));
            const bool on = bounces ? random() % 2 == 0 : now >= begins && now < ends;
            seen += filter.take(on ? 1 : 0, now).has_value() ? 1 : 0;
        }
        ASSERT_EQ(seen, 2) << "once on, once off, in round " << round;
    }
}

}  // namespace
}  // namespace creneau::door
