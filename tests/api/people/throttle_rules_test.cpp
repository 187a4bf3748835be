#include "api/people/throttle_rules.hpp"

#include <gtest/gtest.h>

namespace creneau::people {
namespace {

constexpr std::chrono::sys_seconds kNow{std::chrono::hours{500'000}};

TEST(ThrottleRules, TheDelayStopsGrowingAtItsLongest) {
    Failures failures;
    for (int i = 0; i < 1000; ++i) {
        failures = after_failure(failures, kFreeForAccount, kNow);
    }
    EXPECT_EQ(failures.count, 1000);
    EXPECT_EQ(blocked_for(failures, kNow), kLongestDelay);
    EXPECT_EQ(blocked_for(failures, kNow + kLongestDelay), std::chrono::seconds{0});
    EXPECT_EQ(blocked_for(failures, kNow + std::chrono::hours{1}), std::chrono::seconds{0});
}

TEST(ThrottleRules, AnIpv6HouseholdIsOneNetwork) {
    EXPECT_EQ(throttled_network("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
    EXPECT_EQ(throttled_network("2001:db8:1:2::9"), "2001:db8:1:2::");
    EXPECT_EQ(throttled_network("203.0.113.7"), "203.0.113.7");
    EXPECT_EQ(throttled_network("?"), "?");
}

}  // namespace
}  // namespace creneau::people
