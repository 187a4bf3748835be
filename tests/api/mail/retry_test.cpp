#include "api/mail/retry.hpp"

#include <gtest/gtest.h>

namespace creneau::mail {
namespace {

using std::chrono::seconds;

TEST(RetryDelay, DoublesFromAMinuteToAnHour) {
    const std::int64_t expected[] = {60, 120, 240, 480, 960, 1920, 3600, 3600, 3600};
    for (std::int64_t attempt = 1; attempt <= 9; ++attempt) {
        EXPECT_EQ(retry_delay(attempt, 0.5).count(), expected[attempt - 1]) << attempt;
    }
    EXPECT_EQ(retry_delay(1'000'000, 0.5), kLongestRetry);
    EXPECT_EQ(retry_delay(0, 0.5), kFirstRetry);
}

TEST(RetryDelay, IsSpreadByAFifth) {
    EXPECT_EQ(retry_delay(1, 0.0), seconds{48});
    EXPECT_EQ(retry_delay(1, 1.0), seconds{72});
    EXPECT_EQ(retry_delay(1, 7.0), seconds{72});
    EXPECT_EQ(retry_delay_after_refusal(0.0), seconds{2880});
    EXPECT_EQ(retry_delay_after_refusal(1.0), seconds{4320});
}

}  // namespace
}  // namespace creneau::mail
