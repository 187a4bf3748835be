#include "api/profiles/hours_rules.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>
#include <utility>
#include <vector>

namespace creneau::profiles {
namespace {

using namespace std::chrono_literals;
using std::chrono::local_days;
using std::chrono::sys_days;
using std::chrono::sys_seconds;

access::Interval days(std::chrono::year_month_day first, int count) {
    return {sys_days{first}, sys_days{first} + std::chrono::days{count}};
}

std::vector<access::Interval> expanded(const LocalWeeks& weeks, const access::Interval& within) {
    std::vector<access::Interval> intervals;
    for (const auto& one : expand_hours(weeks, within)) {
        intervals.push_back(one.interval);
    }
    return intervals;
}

using Intervals = std::vector<access::Interval>;

LocalWeeks weeks(std::vector<WeeklyHours> hours) {
    return {"Europe/Paris", std::move(hours), {}, TwiceShown::longer};
}

TEST(ExpandHours, FollowsTheClockOnTheWallOverAClockChange) {
    const auto mondays = weeks({{std::chrono::Monday, 8h, 12h}});
    EXPECT_EQ(expanded(mondays, days(2026y / 10 / 19, 13)),
              (Intervals{{sys_days{2026y / 10 / 19} + 6h, sys_days{2026y / 10 / 19} + 10h},
                         {sys_days{2026y / 10 / 26} + 7h, sys_days{2026y / 10 / 26} + 11h}}));
}

TEST(ExpandHours, ReadsTheHourThatHappensTwiceShorterForFreeAccess) {
    auto nights = weeks({{std::chrono::Sunday, 2h + 30min, 6h}});
    const auto night = days(2026y / 10 / 25, 1);
    const sys_seconds six = sys_days{2026y / 10 / 25} + 5h;
    EXPECT_EQ(expanded(nights, night), (Intervals{{sys_days{2026y / 10 / 25} + 30min, six}}));
    nights.twice = TwiceShown::shorter;
    EXPECT_EQ(expanded(nights, night), (Intervals{{sys_days{2026y / 10 / 25} + 1h + 30min, six}}));
    nights.hours = {{std::chrono::Sunday, 0h, 2h + 30min}};
    EXPECT_EQ(expanded(nights, night),
              (Intervals{{sys_days{2026y / 10 / 24} + 22h, sys_days{2026y / 10 / 25} + 30min}}));
    nights.hours = {{std::chrono::Sunday, 2h + 10min, 2h + 40min}};
    EXPECT_TRUE(expanded(nights, night).empty()) << "its second start is after its first end";
    nights.hours = {{std::chrono::Sunday, 2h + 30min, 6h}, {std::chrono::Sunday, 0h, 2h + 30min}};
    EXPECT_EQ(expanded(nights, night), (Intervals{{sys_days{2026y / 10 / 24} + 22h, six}}))
        << "two parts that touch have no edge between them";
}

TEST(ExpandHours, BeginsWhereTheClockJumpsOverTheStart) {
    const auto nights = weeks({{std::chrono::Sunday, 2h + 30min, 6h}});
    EXPECT_EQ(expanded(nights, days(2027y / 3 / 28, 1)),
              (Intervals{{sys_days{2027y / 3 / 28} + 1h, sys_days{2027y / 3 / 28} + 4h}}));
}

TEST(ExpandHours, LeavesDaysOffOut) {
    auto daily = weeks({{std::chrono::Thursday, 8h, 9h}, {std::chrono::Friday, 8h, 9h}});
    EXPECT_EQ(expanded(daily, days(2026y / 12 / 21, 7)).size(), 2U);
    daily.off = {local_days{2026y / 12 / 25}};
    EXPECT_EQ(expanded(daily, days(2026y / 12 / 21, 7)).size(), 1U);
}

TEST(ExpandHours, EndADayAtMidnightAndSayWhichItIs) {
    const auto weekend = weeks({{std::chrono::Saturday, 20h, 24h}, {std::chrono::Sunday, 0h, 4h}});
    const auto found = expand_hours(weekend, days(2026y / 12 / 12, 2));
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].day, local_days{2026y / 12 / 12});
    EXPECT_EQ(found[1].day, local_days{2026y / 12 / 13});
    EXPECT_EQ(found[0].interval.end, found[1].interval.start);
    EXPECT_EQ(found[0].interval.end, sys_days{2026y / 12 / 12} + 23h);
}

TEST(ExpandHours, AddADayAndChangeNoneWhenTheNightMovesOn) {
    const auto daily = weeks({{std::chrono::Monday, 8h, 9h}, {std::chrono::Tuesday, 8h, 9h}});
    const auto first = expanded(daily, {sys_days{2026y / 11 / 23} + 2h, sys_days{2027y / 1 / 2}});
    const auto later = expanded(daily, {sys_days{2026y / 11 / 23} + 9h, sys_days{2027y / 1 / 2}});
    EXPECT_EQ(first, later);
    const auto next = expanded(daily, {sys_days{2026y / 11 / 24} + 2h, sys_days{2027y / 1 / 4}});
    EXPECT_EQ(Intervals(first.begin() + 1, first.end()), Intervals(next.begin(), next.end() - 1));
}

TEST(ExpandHours, RefuseAZoneThatNobodyKnows) {
    auto nowhere = weeks({{std::chrono::Monday, 8h, 9h}});
    nowhere.zone = "Europe/Pre";
    EXPECT_THROW(static_cast<void>(expand_hours(nowhere, days(2026y / 1 / 1, 1))),
                 std::invalid_argument);
    nowhere.zone = "Europe/Paris";
    EXPECT_FALSE(expand_hours(nowhere, days(2026y / 1 / 1, 7)).empty());
}

TEST(TimeOfDay, IsReadAsItIsWritten) {
    for (const auto* text : {"00:00", "07:30", "23:59", "24:00"}) {
        const auto found = time_of_day(text);
        ASSERT_TRUE(found) << text;
        EXPECT_EQ(text_of(*found), text);
    }
    for (const auto* text : {"", "7:30", "24:01", "12:60", "-1:00", "12:-1", "12h00", "12:000",
                             "ab:cd", "1 :00", "12:0 ", "99:00"}) {
        EXPECT_FALSE(time_of_day(text)) << text;
    }
}

}  // namespace
}  // namespace creneau::profiles
