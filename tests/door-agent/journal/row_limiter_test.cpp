#include "door-agent/journal/row_limiter.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace creneau::door {
namespace {

using std::chrono::seconds;

Event refusal(seconds boot, std::uint64_t pass, const std::string& reason = "expired") {
    Event event;
    event.kind = EventKind::refused;
    event.boot = boot;
    event.door = "street";
    event.reason = reason;
    event.pass = PassMark{qr::PassId{pass}, 0};
    return event;
}

Event unsigned_read(seconds boot) {
    Event event;
    event.kind = EventKind::unsigned_reads;
    event.boot = boot;
    event.reader = "qr";
    event.reason = "malformed";
    return event;
}

TEST(RowLimiter, WritesTheFirstAtOnceAndCountsTheRestOfTheMinute) {
    RowLimiter limiter;
    ASSERT_EQ(limiter.add(refusal(seconds{0}, 1)).size(), 1U);
    for (int i = 1; i <= 5; ++i) {
        EXPECT_TRUE(limiter.add(refusal(seconds{i}, 1)).empty());
    }
    EXPECT_TRUE(limiter.due(seconds{59}).empty());
    const auto rows = limiter.due(seconds{60});
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows.front().count, 5);
    EXPECT_TRUE(limiter.due(seconds{120}).empty());
    EXPECT_EQ(limiter.add(refusal(seconds{130}, 1)).size(), 1U);
}

TEST(RowLimiter, KeepsCredentialsDoorsAndReasonsApart) {
    RowLimiter limiter;
    EXPECT_EQ(limiter.add(refusal(seconds{0}, 1)).size(), 1U);
    EXPECT_EQ(limiter.add(refusal(seconds{0}, 2)).size(), 1U);
    EXPECT_EQ(limiter.add(refusal(seconds{0}, 1, "revoked")).size(), 1U);
}

TEST(RowLimiter, UnsignedReadsAreOneRowAMinute) {
    RowLimiter limiter;
    std::size_t rows = 0;
    std::int64_t counted = 0;
    for (int i = 0; i < 3600; ++i) {
        rows += limiter.add(unsigned_read(seconds{i})).size();
        for (const auto& row : limiter.due(seconds{i})) {
            ++rows;
            counted += row.count;
        }
    }
    for (const auto& row : limiter.flush()) {
        counted += row.count;
    }
    EXPECT_LE(rows, 60U);
    EXPECT_EQ(counted, 3600);
}

TEST(RowLimiter, CapsRefusalsButNeverGrants) {
    RowLimiter limiter;
    std::size_t refused = 0;
    for (std::uint64_t i = 0; i < 500; ++i) {
        refused += limiter.add(refusal(seconds{1}, i)).size();
    }
    EXPECT_EQ(refused, RowLimiter::kRefusalsPerMinute);
    auto grant = refusal(seconds{2}, 9999);
    grant.kind = EventKind::granted;
    EXPECT_EQ(limiter.add(grant).size(), 1U);
    const auto rows = limiter.due(seconds{70});
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows.front().kind, EventKind::suppressed);
    EXPECT_EQ(rows.front().count, static_cast<std::int64_t>(500 - RowLimiter::kRefusalsPerMinute));
}

}  // namespace
}  // namespace creneau::door
