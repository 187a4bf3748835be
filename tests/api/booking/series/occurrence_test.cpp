#include "api/booking/series/occurrence.hpp"

#include "api/booking/series/recurrence.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <ostream>
#include <stdexcept>
#include <string>
#include <vector>

namespace creneau::booking {
namespace {

using namespace std::chrono;

constexpr const char* kParis = "Europe/Paris";
constexpr const char* kNewYork = "America/New_York";
constexpr const char* kLordHowe = "Australia/Lord_Howe";

/// One occurrence and its instants, reckoned by hand from the offsets in force.
struct Row {
    const char* name;
    const char* zone;
    LocalDate date;
    const char* start;
    const char* end;
    int end_days;
    sys_seconds begins;
    minutes lasts;
};

void PrintTo(const Row& row, std::ostream* out) {
    *out << row.name;
}

class Occurrence : public testing::TestWithParam<Row> {};

TEST_P(Occurrence, KeepsItsLocalTimes) {
    const Row& row = GetParam();
    const auto slot = occurrence_slot(row.date, row.start, row.end, row.end_days, row.zone);
    ASSERT_TRUE(slot);
    EXPECT_EQ(slot->at.start, row.begins);
    EXPECT_EQ(slot->at.end - slot->at.start, row.lasts);
    EXPECT_EQ(slot->local_start, text_of(row.date) + "T" + row.start);
}

const auto kName = [](const auto& row) { return std::string(row.param.name); };

// +01:00 until 29 March 2026 02:00, then +02:00 until 25 October 2026 03:00, which becomes 02:00.
INSTANTIATE_TEST_SUITE_P(
    Paris, Occurrence,
    testing::Values(Row{"winter", kParis, 2026y / 12 / 5, "18:30", "20:30", 0,
                        sys_days{2026y / 12 / 5} + 17h + 30min, 2h},
                    Row{"summer", kParis, 2026y / 7 / 5, "18:30", "20:30", 0,
                        sys_days{2026y / 7 / 5} + 16h + 30min, 2h},
                    Row{"night_of_october", kParis, 2026y / 10 / 24, "22:00", "03:00", 1,
                        sys_days{2026y / 10 / 24} + 20h, 6h},
                    Row{"night_of_march", kParis, 2026y / 3 / 29, "01:30", "04:00", 0,
                        sys_days{2026y / 3 / 29} + 30min, 90min},
                    Row{"start_in_the_gap", kParis, 2026y / 3 / 29, "02:30", "04:00", 0,
                        sys_days{2026y / 3 / 29} + 90min, 30min},
                    Row{"end_in_the_gap", kParis, 2026y / 3 / 28, "23:00", "02:30", 1,
                        sys_days{2026y / 3 / 28} + 22h, 210min},
                    Row{"ambiguous_start_is_the_first", kParis, 2026y / 10 / 25, "02:30", "03:30",
                        0, sys_days{2026y / 10 / 25} + 30min, 2h},
                    Row{"ambiguous_end_is_the_last", kParis, 2026y / 10 / 24, "22:00", "02:30", 1,
                        sys_days{2026y / 10 / 24} + 20h, 330min},
                    Row{"a_week", kParis, 2026y / 10 / 20, "08:00", "08:00", 7,
                        sys_days{2026y / 10 / 20} + 6h, minutes{7 * 24h + 1h}},
                    Row{"into_the_next_year", kParis, 2026y / 12 / 31, "20:00", "02:00", 1,
                        sys_days{2026y / 12 / 31} + 19h, 6h}),
    kName);

// The same rule of the last Sunday in other years: 31 March 2024, 25 October 2037 and, past the
// last change that a compiled zone lists (2037), 26 March and 29 October 2045.
INSTANTIATE_TEST_SUITE_P(
    ParisInOtherYears, Occurrence,
    testing::Values(Row{"start_in_the_gap_2024", kParis, 2024y / 3 / 31, "02:30", "04:00", 0,
                        sys_days{2024y / 3 / 31} + 90min, 30min},
                    Row{"end_in_the_gap_2024", kParis, 2024y / 3 / 30, "23:00", "02:30", 1,
                        sys_days{2024y / 3 / 30} + 22h, 210min},
                    Row{"ambiguous_start_2037", kParis, 2037y / 10 / 25, "02:30", "03:30", 0,
                        sys_days{2037y / 10 / 25} + 30min, 2h},
                    Row{"ambiguous_end_2037", kParis, 2037y / 10 / 24, "22:00", "02:30", 1,
                        sys_days{2037y / 10 / 24} + 20h, 330min},
                    Row{"start_in_the_gap_2045", kParis, 2045y / 3 / 26, "02:30", "04:00", 0,
                        sys_days{2045y / 3 / 26} + 90min, 30min},
                    Row{"ambiguous_start_2045", kParis, 2045y / 10 / 29, "02:30", "03:30", 0,
                        sys_days{2045y / 10 / 29} + 30min, 2h},
                    Row{"ambiguous_end_2045", kParis, 2045y / 10 / 28, "22:00", "02:30", 1,
                        sys_days{2045y / 10 / 28} + 20h, 330min}),
    kName);

// -05:00 until 8 March 2026 02:00, then -04:00 until 1 November 2026 02:00, which becomes 01:00.
INSTANTIATE_TEST_SUITE_P(
    NewYork, Occurrence,
    testing::Values(Row{"night_of_november", kNewYork, 2026y / 10 / 31, "22:00", "03:00", 1,
                        sys_days{2026y / 11 / 1} + 2h, 6h},
                    Row{"morning_of_march", kNewYork, 2026y / 3 / 8, "01:30", "04:00", 0,
                        sys_days{2026y / 3 / 8} + 6h + 30min, 90min},
                    Row{"start_in_the_gap", kNewYork, 2026y / 3 / 8, "02:15", "05:00", 0,
                        sys_days{2026y / 3 / 8} + 7h + 15min, 105min},
                    Row{"ambiguous_start_is_the_first", kNewYork, 2026y / 11 / 1, "01:30", "02:30",
                        0, sys_days{2026y / 11 / 1} + 5h + 30min, 2h},
                    Row{"both_ambiguous", kNewYork, 2026y / 11 / 1, "01:15", "01:45", 0,
                        sys_days{2026y / 11 / 1} + 5h + 15min, 90min}),
    kName);

// From the second Sunday of March to the first of November: 10 March and 3 November 2024.
INSTANTIATE_TEST_SUITE_P(
    NewYorkIn2024, Occurrence,
    testing::Values(Row{"start_in_the_gap", kNewYork, 2024y / 3 / 10, "02:15", "05:00", 0,
                        sys_days{2024y / 3 / 10} + 7h + 15min, 105min},
                    Row{"end_in_the_gap", kNewYork, 2024y / 3 / 9, "22:00", "02:30", 1,
                        sys_days{2024y / 3 / 10} + 3h, 270min},
                    Row{"ambiguous_start_is_the_first", kNewYork, 2024y / 11 / 3, "01:30", "02:30",
                        0, sys_days{2024y / 11 / 3} + 5h + 30min, 2h},
                    Row{"ambiguous_end_is_the_last", kNewYork, 2024y / 11 / 2, "22:00", "01:30", 1,
                        sys_days{2024y / 11 / 3} + 2h, 270min}),
    kName);

// 12 March and 5 November 2045.
INSTANTIATE_TEST_SUITE_P(
    NewYorkIn2045, Occurrence,
    testing::Values(Row{"start_in_the_gap", kNewYork, 2045y / 3 / 12, "02:15", "05:00", 0,
                        sys_days{2045y / 3 / 12} + 7h + 15min, 105min},
                    Row{"both_ambiguous", kNewYork, 2045y / 11 / 5, "01:15", "01:45", 0,
                        sys_days{2045y / 11 / 5} + 5h + 15min, 90min}),
    kName);

// +11:00 until 5 April 2026 02:00, which becomes 01:30, then +10:30 until 4 October 2026 02:00.
INSTANTIATE_TEST_SUITE_P(
    LordHoweMovesByHalfAnHour, Occurrence,
    testing::Values(Row{"morning_of_october", kLordHowe, 2026y / 10 / 4, "01:30", "04:00", 0,
                        sys_days{2026y / 10 / 3} + 15h, 2h},
                    Row{"start_in_the_gap", kLordHowe, 2026y / 10 / 4, "02:15", "04:00", 0,
                        sys_days{2026y / 10 / 3} + 15h + 45min, 75min},
                    Row{"end_in_the_gap", kLordHowe, 2026y / 10 / 4, "01:00", "02:15", 0,
                        sys_days{2026y / 10 / 3} + 14h + 30min, 75min},
                    Row{"ambiguous_start_is_the_first", kLordHowe, 2026y / 4 / 5, "01:45", "03:00",
                        0, sys_days{2026y / 4 / 4} + 14h + 45min, 105min},
                    Row{"ambiguous_end_is_the_last", kLordHowe, 2026y / 4 / 5, "01:00", "01:45", 0,
                        sys_days{2026y / 4 / 4} + 14h, 75min}),
    kName);

// From the first Sunday of October to that of April: 7 April and 6 October 2024.
INSTANTIATE_TEST_SUITE_P(
    LordHoweIn2024, Occurrence,
    testing::Values(Row{"start_in_the_gap", kLordHowe, 2024y / 10 / 6, "02:15", "04:00", 0,
                        sys_days{2024y / 10 / 5} + 15h + 45min, 75min},
                    Row{"ambiguous_start_is_the_first", kLordHowe, 2024y / 4 / 7, "01:45", "03:00",
                        0, sys_days{2024y / 4 / 6} + 14h + 45min, 105min},
                    Row{"ambiguous_end_is_the_last", kLordHowe, 2024y / 4 / 7, "01:00", "01:45", 0,
                        sys_days{2024y / 4 / 6} + 14h, 75min}),
    kName);

// 2 April and 1 October 2045, half an hour each.
INSTANTIATE_TEST_SUITE_P(
    LordHoweIn2045, Occurrence,
    testing::Values(Row{"start_in_the_gap", kLordHowe, 2045y / 10 / 1, "02:15", "04:00", 0,
                        sys_days{2045y / 9 / 30} + 15h + 45min, 75min},
                    Row{"end_in_the_gap", kLordHowe, 2045y / 10 / 1, "01:00", "02:15", 0,
                        sys_days{2045y / 9 / 30} + 14h + 30min, 75min},
                    Row{"ambiguous_start_is_the_first", kLordHowe, 2045y / 4 / 2, "01:45", "03:00",
                        0, sys_days{2045y / 4 / 1} + 14h + 45min, 105min},
                    Row{"ambiguous_end_is_the_last", kLordHowe, 2045y / 4 / 2, "01:00", "01:45", 0,
                        sys_days{2045y / 4 / 1} + 14h, 75min}),
    kName);

TEST(OccurrenceOfASeries, GrowsAndShrinksWithTheClockChange) {
    const Recurrence saturdays{2026y / 10 / 17, Weekly{1, {Saturday}}, {}, 3};
    std::vector<int> lengths;
    const auto dates = expand(saturdays).value();
    for (const LocalDate& date : dates) {
        const auto slot = occurrence_slot(date, "22:00", "03:00", 1, kParis).value();
        lengths.push_back(static_cast<int>((slot.at.end - slot.at.start) / 1h));
    }
    EXPECT_EQ(lengths, (std::vector{5, 6, 5}));
}

struct BadRow {
    const char* name;
    const char* zone;
    LocalDate date;
    const char* start;
    const char* end;
    int end_days;
    TimeError error;
};

void PrintTo(const BadRow& row, std::ostream* out) {
    *out << row.name;
}

class BadOccurrence : public testing::TestWithParam<BadRow> {};

TEST_P(BadOccurrence, IsRefusedWithItsReason) {
    const BadRow& row = GetParam();
    const auto slot = occurrence_slot(row.date, row.start, row.end, row.end_days, row.zone);
    ASSERT_FALSE(slot);
    EXPECT_EQ(slot.error(), row.error);
}

INSTANTIATE_TEST_SUITE_P(
    Dates, BadOccurrence,
    testing::Values(
        BadRow{"the_gap_eats_it", kParis, 2026y / 3 / 29, "02:30", "03:15", 0,
               TimeError::no_such_time},
        BadRow{"the_gap_eats_it_in_new_york", kNewYork, 2026y / 3 / 8, "02:30", "03:15", 0,
               TimeError::no_such_time},
        BadRow{"half_an_hour_is_eaten", kLordHowe, 2026y / 10 / 4, "02:10", "02:40", 0,
               TimeError::no_such_time},
        BadRow{"same_time", kParis, 2026y / 12 / 5, "18:00", "18:00", 0,
               TimeError::end_before_start},
        BadRow{"backwards", kParis, 2026y / 12 / 5, "22:00", "03:00", 0,
               TimeError::end_before_start},
        BadRow{"end_on_an_earlier_day", kParis, 2026y / 12 / 5, "18:00", "20:00", -1,
               TimeError::bad_end},
        BadRow{"too_many_days", kParis, 2026y / 12 / 5, "18:00", "20:00", 32, TimeError::bad_end},
        BadRow{"ends_in_2100", kParis, 2099y / 12 / 31, "22:00", "03:00", 1, TimeError::bad_end},
        BadRow{"no_such_date", kParis, 2026y / 2 / 29, "18:00", "20:00", 0, TimeError::bad_start},
        BadRow{"no_such_start", kParis, 2026y / 12 / 5, "24:00", "20:00", 1, TimeError::bad_start},
        BadRow{"not_a_start", kParis, 2026y / 12 / 5, "8:00", "20:00", 0, TimeError::bad_start},
        BadRow{"not_an_end", kParis, 2026y / 12 / 5, "18:00", "20:00:00", 0, TimeError::bad_end}),
    kName);

TEST(OccurrenceOfASeries, NeedsAKnownZone) {
    EXPECT_THROW(
        static_cast<void>(occurrence_slot(2026y / 12 / 5, "18:00", "20:00", 0, "Mars/Olympus")),
        std::invalid_argument);
}

}  // namespace
}  // namespace creneau::booking
