#include "api/booking/series/recurrence.hpp"

#include "api/booking/series/recurrence_gaps.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <ostream>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace creneau::booking {
namespace {

using namespace std::chrono;

LocalDate day_of(const char* text) {
    return parse_date(text).value();
}

Recurrence until(const char* first, Pattern pattern, const char* last) {
    return {day_of(first), std::move(pattern), day_of(last), {}};
}

Recurrence counted(const char* first, Pattern pattern, int count) {
    return {day_of(first), std::move(pattern), {}, count};
}

std::vector<std::string> texts_of(const std::vector<LocalDate>& dates) {
    std::vector<std::string> texts;
    for (const LocalDate& date : dates) {
        texts.push_back(text_of(date));
    }
    return texts;
}

struct Row {
    const char* name;
    Recurrence recurrence;
    std::vector<std::string> dates;
};

void PrintTo(const Row& row, std::ostream* out) {
    *out << row.name;
}

class Series : public testing::TestWithParam<Row> {};

TEST_P(Series, HappensOnTheseDates) {
    const auto dates = expand(GetParam().recurrence);
    ASSERT_TRUE(dates) << word_of(dates.error());
    EXPECT_EQ(texts_of(*dates), GetParam().dates);
}

const auto kName = [](const auto& row) { return std::string(row.param.name); };

INSTANTIATE_TEST_SUITE_P(
    Daily, Series,
    testing::Values(
        Row{"until_is_included",
            until("2026-12-30", Daily{}, "2027-01-01"),
            {"2026-12-30", "2026-12-31", "2027-01-01"}},
        Row{"first_alone", until("2026-12-30", Daily{}, "2026-12-30"), {"2026-12-30"}},
        Row{"every_third_day",
            counted("2028-02-27", Daily{3}, 3),
            {"2028-02-27", "2028-03-01", "2028-03-04"}},
        Row{"until_between_two", until("2026-12-30", Daily{5}, "2027-01-03"), {"2026-12-30"}},
        Row{"last_day_of_the_calendar", counted("2099-12-31", Daily{}, 1), {"2099-12-31"}}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    Weekly, Series,
    testing::Values(
        Row{"across_the_new_year",
            counted("2026-12-22", Weekly{1, {Tuesday}}, 3),
            {"2026-12-22", "2026-12-29", "2027-01-05"}},
        Row{"days_in_any_order",
            counted("2026-09-01", Weekly{1, {Sunday, Tuesday}}, 4),
            {"2026-09-01", "2026-09-06", "2026-09-08", "2026-09-13"}},
        Row{"weeks_begin_on_monday",  // the Sunday belongs to the week of the first Tuesday
            counted("2026-09-01", Weekly{2, {Sunday, Tuesday}}, 4),
            {"2026-09-01", "2026-09-06", "2026-09-15", "2026-09-20"}},
        Row{"first_not_among_the_days",
            counted("2026-09-02", Weekly{1, {Monday}}, 2),
            {"2026-09-07", "2026-09-14"}},
        Row{"days_of_the_first_week_that_are_over",
            counted("2026-09-02", Weekly{2, {Monday, Friday}}, 3),
            {"2026-09-04", "2026-09-14", "2026-09-18"}}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    Monthly, Series,
    testing::Values(Row{"only_months_with_a_31st",
                        counted("2026-01-31", MonthlyByDate{}, 4),
                        {"2026-01-31", "2026-03-31", "2026-05-31", "2026-07-31"}},
                    Row{"the_30th_skips_february",
                        until("2027-12-30", MonthlyByDate{}, "2028-03-30"),
                        {"2027-12-30", "2028-01-30", "2028-03-30"}},
                    Row{"the_29th_of_a_leap_february",
                        until("2028-01-29", MonthlyByDate{}, "2028-03-01"),
                        {"2028-01-29", "2028-02-29"}},
                    Row{"every_fifth_month",
                        counted("2026-10-05", MonthlyByDate{5}, 3),
                        {"2026-10-05", "2027-03-05", "2027-08-05"}},
                    Row{"first_thursday",
                        counted("2026-10-01", MonthlyByWeekday{1, 1, Thursday}, 3),
                        {"2026-10-01", "2026-11-05", "2026-12-03"}},
                    Row{"fourth_wednesday_when_a_fifth_follows",
                        counted("2026-09-01", MonthlyByWeekday{1, 4, Wednesday}, 2),
                        {"2026-09-23", "2026-10-28"}},
                    Row{"last_wednesday_is_the_fifth_where_there_is_one",
                        counted("2026-09-01", MonthlyByWeekday{1, -1, Wednesday}, 3),
                        {"2026-09-30", "2026-10-28", "2026-11-25"}},
                    Row{"this_month_is_over_and_still_counted",
                        counted("2026-09-10", MonthlyByWeekday{2, 1, Monday}, 2),
                        {"2026-11-02", "2027-01-04"}}),
    kName);

INSTANTIATE_TEST_SUITE_P(Yearly, Series,
                         testing::Values(Row{"the_same_day",
                                             counted("2026-07-14", Yearly{}, 3),
                                             {"2026-07-14", "2027-07-14", "2028-07-14"}},
                                         Row{"leap_day",
                                             counted("2024-02-29", Yearly{}, 3),
                                             {"2024-02-29", "2028-02-29", "2032-02-29"}},
                                         Row{"leap_day_every_third_year",
                                             counted("2024-02-29", Yearly{3}, 2),
                                             {"2024-02-29", "2036-02-29"}}),
                         kName);

const ListedDates kListed{{2026y / 12 / 5, 2026y / 10 / 3, 2026y / 11 / 7}};

INSTANTIATE_TEST_SUITE_P(
    Listed, Series,
    testing::Values(
        Row{"in_order",
            Recurrence{day_of("2026-10-03"), kListed, {}, {}},
            {"2026-10-03", "2026-11-07", "2026-12-05"}},
        Row{"from_the_first_on",
            Recurrence{day_of("2026-10-04"), kListed, {}, {}},
            {"2026-11-07", "2026-12-05"}},
        Row{"up_to_until",
            until("2026-10-03", kListed, "2026-11-07"),
            {"2026-10-03", "2026-11-07"}},
        Row{"at_most_count", counted("2026-10-03", kListed, 2), {"2026-10-03", "2026-11-07"}},
        Row{"fewer_than_count", counted("2026-11-07", kListed, 9), {"2026-11-07", "2026-12-05"}}),
    kName);

TEST(SeriesSize, MayBeFourHundred) {
    EXPECT_EQ(expand(counted("2026-01-01", Daily{}, 400)).value().size(), 400U);
    EXPECT_EQ(expand(until("2026-01-01", Daily{}, "2027-02-04")).value().size(), 400U);
}

struct BadRow {
    const char* name;
    Recurrence recurrence;
    RecurrenceError error;
};

void PrintTo(const BadRow& row, std::ostream* out) {
    *out << row.name;
}

class BadSeries : public testing::TestWithParam<BadRow> {};

TEST_P(BadSeries, IsRefusedWithItsReason) {
    const auto dates = expand(GetParam().recurrence);
    ASSERT_FALSE(dates);
    EXPECT_EQ(word_of(dates.error()), word_of(GetParam().error));
}

using enum RecurrenceError;

INSTANTIATE_TEST_SUITE_P(
    Pattern, BadSeries,
    testing::Values(
        BadRow{"interval_zero", counted("2026-01-01", Daily{0}, 2), bad_interval},
        BadRow{"interval_negative", counted("2026-01-01", Yearly{-1}, 2), bad_interval},
        BadRow{"interval_hundred", counted("2026-01-01", MonthlyByDate{100}, 2), bad_interval},
        BadRow{"interval_of_weeks", counted("2026-01-01", Weekly{0, {Monday}}, 2), bad_interval},
        BadRow{"no_weekday", counted("2026-01-01", Weekly{}, 2), bad_weekdays},
        BadRow{"weekday_twice", counted("2026-01-01", Weekly{1, {Monday, Sunday, Monday}}, 2),
               bad_weekdays},
        BadRow{"sunday_twice", counted("2026-01-01", Weekly{1, {weekday{0}, weekday{7}}}, 2),
               bad_weekdays},
        BadRow{"not_a_weekday", counted("2026-01-01", Weekly{1, {weekday{8}}}, 2), bad_weekdays},
        BadRow{"not_a_weekday_of_the_month",
               counted("2026-01-01", MonthlyByWeekday{1, 1, weekday{9}}, 2), bad_weekdays},
        BadRow{"nth_zero", counted("2026-01-01", MonthlyByWeekday{1, 0, Monday}, 2), bad_nth},
        BadRow{"fifth", counted("2026-01-01", MonthlyByWeekday{1, 5, Monday}, 2), bad_nth},
        BadRow{"last_but_one", counted("2026-01-01", MonthlyByWeekday{1, -2, Monday}, 2), bad_nth},
        BadRow{"no_date", Recurrence{2026y / 1 / 1, ListedDates{}, {}, {}}, bad_dates},
        BadRow{"date_twice",
               Recurrence{2026y / 1 / 1, ListedDates{{2026y / 1 / 1, 2026y / 1 / 1}}, {}, {}},
               bad_dates},
        BadRow{"no_such_date", Recurrence{2026y / 1 / 1, ListedDates{{2026y / 2 / 30}}, {}, {}},
               bad_dates},
        BadRow{"date_in_2100", Recurrence{2026y / 1 / 1, ListedDates{{2100y / 1 / 1}}, {}, {}},
               bad_dates}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    Bound, BadSeries,
    testing::Values(
        BadRow{"no_such_first", Recurrence{2026y / 2 / 29, Daily{}, {}, 2}, bad_first},
        BadRow{"first_in_1999", Recurrence{1999y / 12 / 31, Daily{}, {}, 2}, bad_first},
        BadRow{"first_in_2100", Recurrence{2100y / 1 / 1, Daily{}, {}, 2}, bad_first},
        BadRow{"unbounded", Recurrence{2026y / 1 / 1, Daily{}, {}, {}}, bad_bound},
        BadRow{"bounded_twice", Recurrence{2026y / 1 / 1, Daily{}, 2026y / 1 / 2, 2}, bad_bound},
        BadRow{"listed_bounded_twice", Recurrence{2026y / 1 / 1, kListed, 2026y / 12 / 2, 2},
               bad_bound},
        BadRow{"until_before_first", until("2026-01-02", Daily{}, "2026-01-01"), bad_bound},
        BadRow{"no_such_until", Recurrence{2026y / 1 / 1, Daily{}, 2026y / 2 / 30, {}}, bad_bound},
        BadRow{"until_in_2100", Recurrence{2099y / 1 / 1, Yearly{}, 2100y / 1 / 1, {}}, bad_bound},
        BadRow{"count_zero", counted("2026-01-01", Daily{}, 0), bad_count},
        BadRow{"count_negative", counted("2026-01-01", Daily{}, -1), bad_count},
        BadRow{"count_401", counted("2026-01-01", Daily{}, 401), bad_count},
        BadRow{"until_after_400_days", until("2026-01-01", Daily{}, "2027-02-05"), too_many},
        BadRow{"past_2099", counted("2099-12-31", Daily{}, 2), too_far},
        BadRow{"leap_days_past_2099", counted("2096-02-29", Yearly{}, 2), too_far},
        BadRow{"no_monday_before_the_bound", until("2026-09-01", Weekly{1, {Monday}}, "2026-09-06"),
               no_occurrence},
        BadRow{"all_listed_before_the_first", Recurrence{2027y / 1 / 1, kListed, {}, {}},
               no_occurrence}),
    kName);

TEST(BadSeriesSize, RefusesALongListUnread) {
    const ListedDates listed{std::vector<LocalDate>(401, 2026y / 2 / 30)};
    EXPECT_EQ(expand({2026y / 1 / 1, listed, {}, {}}).error(), too_many);
}

TEST(ListedSeries, NamesTheDatesThatItDoesNotReach) {
    const ListedDates listed{{2027y / 3 / 8, 2027y / 1 / 4, 2027y / 2 / 1, 2027y / 4 / 5}};
    using Dates = std::vector<LocalDate>;
    EXPECT_EQ(dates_out_of_reach({2027y / 1 / 4, listed, {}, {}}), Dates{});
    EXPECT_EQ(dates_out_of_reach({2027y / 1 / 5, listed, {}, {}}), (Dates{2027y / 1 / 4}));
    EXPECT_EQ(dates_out_of_reach({2027y / 1 / 4, listed, 2027y / 3 / 7, {}}),
              (Dates{2027y / 3 / 8, 2027y / 4 / 5}));
    EXPECT_EQ(dates_out_of_reach({2027y / 1 / 4, listed, {}, 3}), (Dates{2027y / 4 / 5}));
    EXPECT_EQ(dates_out_of_reach({2027y / 5 / 1, listed, {}, {}}).size(), 4U);
    EXPECT_EQ(dates_out_of_reach({2027y / 1 / 4, Daily{1}, {}, 3}), Dates{});
}

TEST(MonthlySeries, NamesTheMonthsThatLackItsDay) {
    using Dates = std::vector<LocalDate>;
    const auto lacking = [](const Recurrence& series) {
        return with_lacking(series, expand(series).value()).lacking;
    };
    EXPECT_EQ(lacking({2027y / 1 / 31, MonthlyByDate{1}, {}, 4}),
              (Dates{2027y / 2 / 28, 2027y / 4 / 30, 2027y / 6 / 30}));
    EXPECT_EQ(lacking({2027y / 1 / 31, MonthlyByDate{1}, 2027y / 6 / 29, {}}),
              (Dates{2027y / 2 / 28, 2027y / 4 / 30}));
    EXPECT_EQ(lacking({2027y / 1 / 31, MonthlyByDate{2}, 2027y / 6 / 30, {}}), Dates{});
    EXPECT_EQ(lacking({2028y / 2 / 29, Yearly{1}, {}, 2}),
              (Dates{2029y / 2 / 28, 2030y / 2 / 28, 2031y / 2 / 28}));
    EXPECT_EQ(lacking({2027y / 1 / 31, Daily{1}, {}, 40}), Dates{});
}

TEST(LocalDates, HaveOneSpelling) {
    EXPECT_EQ(text_of(day_of("2026-02-03")), "2026-02-03");
    EXPECT_EQ(text_of(plus_days(day_of("2028-03-01"), -1)), "2028-02-29");
    for (const char* text : {"", "2026-2-3", "2026-02-30", "2026-13-01", "2026-00-01", "1999-12-31",
                             "2100-01-01", "2026-02-03T10:00", "2026/02/03", "+026-02-03"}) {
        EXPECT_FALSE(parse_date(text)) << text;
    }
}

TEST(SeriesErrors, HaveAWordEach) {
    std::set<std::string_view> words;
    for (int error = 0; error <= static_cast<int>(no_occurrence); ++error) {
        words.insert(word_of(static_cast<RecurrenceError>(error)));
    }
    EXPECT_EQ(words.size(), static_cast<std::size_t>(no_occurrence) + 1);
    EXPECT_FALSE(words.contains(""));
}

}  // namespace
}  // namespace creneau::booking
