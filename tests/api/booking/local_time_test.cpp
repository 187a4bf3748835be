#include "api/booking/local_time.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <ostream>
#include <string>
#include <vector>

namespace creneau::booking {
namespace {

using namespace std::chrono_literals;

const std::string kParis = "Europe/Paris";

struct Row {
    const char* name;
    const char* start;
    const char* end;
    std::chrono::minutes lasts;
};

void PrintTo(const Row& row, std::ostream* out) {
    *out << row.name;
}

class ClockChange : public testing::TestWithParam<Row> {};

TEST_P(ClockChange, KeepsTheLocalEnd) {
    const auto slot = resolve_slot(GetParam().start, GetParam().end, kParis);
    ASSERT_TRUE(slot);
    EXPECT_EQ(slot->at.end - slot->at.start, GetParam().lasts);
    EXPECT_EQ(slot->local_start, GetParam().start);
    EXPECT_EQ(slot->local_end, GetParam().end);
}

INSTANTIATE_TEST_SUITE_P(
    Paris, ClockChange,
    testing::Values(
        Row{"plain_evening", "2026-12-05T18:30", "2026-12-05T20:30", 2h},
        Row{"night_of_october", "2026-10-24T22:00", "2026-10-25T03:00", 6h},
        Row{"night_of_march", "2026-03-29T01:30", "2026-03-29T04:00", 90min},
        Row{"start_in_the_gap", "2026-03-29T02:30", "2026-03-29T04:00", 30min},
        Row{"end_in_the_gap", "2026-03-29T01:00", "2026-03-29T02:30", 90min},
        Row{"both_in_the_gap", "2026-03-29T02:10", "2026-03-29T02:40", 30min},
        Row{"ambiguous_start_is_the_first", "2026-10-25T02:30", "2026-10-25T04:00", 150min},
        Row{"ambiguous_end_is_the_last", "2026-10-25T01:00", "2026-10-25T02:30", 150min},
        Row{"both_ambiguous", "2026-10-25T02:10", "2026-10-25T02:40", 90min},
        Row{"after_2037", "2060-10-30T22:00", "2060-10-31T03:00", 6h}),
    [](const auto& row) { return std::string(row.param.name); });

struct BadRow {
    const char* name;
    const char* start;
    const char* end;
    TimeError error;
};

void PrintTo(const BadRow& row, std::ostream* out) {
    *out << row.name;
}

class BadSlot : public testing::TestWithParam<BadRow> {};

TEST_P(BadSlot, IsRefusedWithItsReason) {
    const auto slot = resolve_slot(GetParam().start, GetParam().end, kParis);
    ASSERT_FALSE(slot);
    EXPECT_EQ(slot.error(), GetParam().error);
}

INSTANTIATE_TEST_SUITE_P(
    Paris, BadSlot,
    testing::Values(
        BadRow{"gap_eats_it", "2026-03-29T02:30", "2026-03-29T03:15", TimeError::no_such_time},
        BadRow{"gap_leaves_nothing", "2026-03-29T02:15", "2026-03-29T03:15",
               TimeError::no_such_time},
        BadRow{"same", "2026-12-05T18:30", "2026-12-05T18:30", TimeError::end_before_start},
        BadRow{"backwards", "2026-12-05T18:30", "2026-12-05T17:30", TimeError::end_before_start},
        BadRow{"no_such_date", "2026-02-30T10:00", "2026-03-01T10:00", TimeError::bad_start},
        BadRow{"no_such_hour", "2026-02-03T10:00", "2026-02-03T24:00", TimeError::bad_end},
        BadRow{"seconds", "2026-02-03T10:00:00", "2026-02-03T11:00", TimeError::bad_start},
        BadRow{"zone", "2026-02-03T10:00Z", "2026-02-03T11:00", TimeError::bad_start},
        BadRow{"blank", "", "2026-02-03T11:00", TimeError::bad_start},
        BadRow{"sign", "2026-02-03T+1:00", "2026-02-03T11:00", TimeError::bad_start},
        BadRow{"far_future", "2026-02-03T10:00", "2100-01-01T00:00", TimeError::bad_end}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(LocalTime, SaysTheInstantInTheZone) {
    const std::chrono::sys_seconds at{1796491800s};  // 2026-12-05T17:30:00Z
    EXPECT_EQ(local_time_of(at, kParis), "2026-12-05T18:30");
    EXPECT_EQ(local_time_of(at, "America/Martinique"), "2026-12-05T13:30");
    EXPECT_THROW(static_cast<void>(local_time_of(at, "Mars/Olympus")), std::invalid_argument);
}

TEST(LocalTime, ShiftsByLocalDaysAcrossTheClockChange) {
    const auto before = resolve_slot("2026-10-24T18:00", "2026-10-24T20:00", kParis).value();
    const auto start = local_minutes_of(before.at.start, kParis) + std::chrono::days(1);
    const auto after = resolve_slot(start, start + 2h, kParis).value();
    EXPECT_EQ(after.local_start, "2026-10-25T18:00");
    EXPECT_EQ(after.at.start - before.at.start, 25h);
}

TEST(LocalTime, FindsTheFirstInstantOfADay) {
    EXPECT_EQ(start_of_day("2026-12-05", kParis), std::chrono::sys_seconds{1796425200s - 0s});
    EXPECT_FALSE(start_of_day("2026-12-32", kParis));
    EXPECT_FALSE(start_of_day("2026-12-05T00:00", kParis));
}

/// Every slot that resolves says its own local times back, but in a gap, where it moves forward.
TEST(LocalTime, RoundTripsOutsideTheGap) {
    EXPECT_TRUE(rc::check([] {
        const auto minute = *rc::gen::inRange<std::int64_t>(0, 60LL * 24 * 365 * 30);
        const std::chrono::sys_seconds at{std::chrono::minutes(minute) + 1'577'836'800s};
        const std::string start = local_time_of(at, kParis);
        const std::string end = local_time_of(at + 3h, kParis);
        RC_PRE(start < end);
        const auto slot = resolve_slot(start, end, kParis);
        RC_ASSERT(slot.has_value());
        RC_ASSERT(local_time_of(slot->at.start, kParis) == start);
        RC_ASSERT(local_time_of(slot->at.end, kParis) == end);
        RC_ASSERT(slot->at.start <= at);
        RC_ASSERT(slot->at.end >= at + 3h);
    }));
}

}  // namespace
}  // namespace creneau::booking
