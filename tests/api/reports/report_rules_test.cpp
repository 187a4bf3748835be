#include "api/reports/report_rules.hpp"

#include "api/booking/booking_types.hpp"
#include "api/reports/report_types.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace creneau::reports {
namespace {

using booking::Status;

std::vector<Decided> approved_after(const std::vector<std::int64_t>& delays) {
    std::vector<Decided> requests;
    for (const std::int64_t delay : delays) {
        requests.push_back({0, Status::approved, "", delay});
    }
    return requests;
}

TEST(Delays, OfNobodyAreUnknown) {
    EXPECT_EQ(summed_up({}).median_delay, std::nullopt);
    const auto automatic = summed_up({{0, Status::approved, "", std::nullopt}});
    EXPECT_EQ(automatic.approved, 1);
    EXPECT_EQ(automatic.median_delay, std::nullopt) << "a room that needs no approval has no delay";
}

TEST(Delays, HalfAndNineTenthsWereDecidedWithinThem) {
    const auto one = summed_up(approved_after({60}));
    EXPECT_EQ(one.median_delay, 60);
    EXPECT_EQ(one.longest_of_nine_tenths, 60);
    const auto ten = summed_up(approved_after({10, 9, 8, 7, 6, 5, 4, 3, 2, 1}));
    EXPECT_EQ(ten.median_delay, 5);
    EXPECT_EQ(ten.longest_of_nine_tenths, 9);
    const auto eleven = summed_up(approved_after({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1000}));
    EXPECT_EQ(eleven.median_delay, 6);
    EXPECT_EQ(eleven.longest_of_nine_tenths, 10) << "one that was forgotten moves nothing";
}

TEST(Counts, AreByStatus) {
    const auto sum = summed_up({{0, Status::pending, "", {}},
                                {0, Status::approved, "", 5},
                                {0, Status::refused, "property_management", 7},
                                {0, Status::cancelled, "given_up", {}},
                                {0, Status::refused, "public_order", 9}});
    EXPECT_EQ(sum.received, 5);
    EXPECT_EQ(sum.pending, 1);
    EXPECT_EQ(sum.approved, 1);
    EXPECT_EQ(sum.refused, 2);
    EXPECT_EQ(sum.cancelled, 1);
}

TEST(Grounds, ComeByHowOftenTheyWereGiven) {
    const auto grounds = grounds_of({{0, Status::refused, "b", {}},
                                     {0, Status::refused, "c", {}},
                                     {0, Status::cancelled, "c", {}},
                                     {0, Status::refused, "a", {}},
                                     {0, Status::approved, "", {}}});
    ASSERT_EQ(grounds.size(), 3U);
    EXPECT_EQ(grounds[0].code, "c");
    EXPECT_EQ(grounds[0].refused, 1);
    EXPECT_EQ(grounds[0].cancelled, 1);
    EXPECT_EQ(grounds[1].code, "a");
    EXPECT_EQ(grounds[2].code, "b");
}

TEST(Weekdays, AddUpTheirDates) {
    EXPECT_EQ(weekday_of("2026-11-23"), "1");
    EXPECT_EQ(weekday_of("2026-11-29"), "7");
    const auto days = by_weekday({{"2026-11-23", "", {1, 60, 5}},
                                  {"2026-11-25", "", {1, 30, 2}},
                                  {"2026-11-30", "", {2, 90, 7}}});
    ASSERT_EQ(days.size(), 2U);
    EXPECT_EQ(days[0].key, "1");
    EXPECT_EQ(days[0].booked, (Booked{3, 150, 12}));
    EXPECT_EQ(days[1].key, "3");
    EXPECT_EQ(sum_of(days), (Booked{4, 180, 14}));
}

}  // namespace
}  // namespace creneau::reports
