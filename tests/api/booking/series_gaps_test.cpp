#include "api/booking/series/edit_series.hpp"
#include "api/booking/series/open_series.hpp"
#include "api/booking/series/series_store.hpp"
#include "api/booking/view_store.hpp"
#include "tests/api/booking/series_fixture.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>
#include <utility>

namespace creneau::booking {
namespace {

/// What is expected of a series and it has not.
class SeriesGaps : public SeriesTest {
  protected:
    Outcome<SeriesId> edit(EditSeries order) { return write(edit_series, std::move(order)); }
    static EditSeries order_of(SeriesId series, Scope scope, const std::string& date = "") {
        EditSeries order;
        order.change = {kTown, kCamille, series, scope, date, kNow};
        return order;
    }
};
CRENEAU_ON_BOTH_ENGINES(SeriesGaps);

TEST_P(SeriesGaps, RefusesDatesToLeaveOutThatItDoesNotHave) {
    auto request = saturdays();
    request.left_out = {day(2026, 12, 26), day(2026, 12, 27)};
    const auto answer = ask(request);
    ASSERT_FALSE(answer);
    ASSERT_EQ(answer.error().failures.size(), 1U);
    EXPECT_EQ(answer.error().failures[0].field, "left_out");
    EXPECT_NE(answer.error().failures[0].detail.en.find("2026-12-27"), std::string::npos);
    EXPECT_EQ(answer.error().failures[0].detail.en.find("2026-12-26"), std::string::npos);
    request.left_out.pop_back();
    EXPECT_TRUE(ask(request));
}

TEST_P(SeriesGaps, RefusesListedDatesThatItDoesNotReach) {
    auto request = saturdays();
    request.recurrence = {day(2026, 12, 5), ListedDates{{day(2026, 12, 4), day(2026, 12, 12)}},
                          std::nullopt, std::nullopt};
    const auto answer = ask(request);
    ASSERT_FALSE(answer);
    ASSERT_EQ(answer.error().failures.size(), 1U);
    EXPECT_EQ(answer.error().failures[0].field, "dates");
    EXPECT_NE(answer.error().failures[0].detail.fr.find("2026-12-04"), std::string::npos);
    request.recurrence.first = day(2026, 12, 4);
    EXPECT_TRUE(ask(request));
}

TEST_P(SeriesGaps, ExplainsTheMonthsThatLackItsDay) {
    auto request = saturdays();
    request.recurrence = {day(2026, 12, 31), MonthlyByDate{1}, std::nullopt, 2};
    const SeriesId id = ask(request).value();
    EXPECT_EQ(count("bookings"), 2);
    request.recurrence = {day(2026, 12, 30), MonthlyByDate{1}, std::nullopt, 3};
    const SeriesId other = ask(request).value();
    EXPECT_TRUE(select_missed(*session_, kTown, id).empty());
    const auto missed = select_missed(*session_, kTown, other);
    ASSERT_EQ(missed.size(), 1U);
    EXPECT_EQ(missed[0].date, "2027-02-28");
    EXPECT_EQ(missed[0].reasons.at(0).rule, "date_left_out");
    EXPECT_EQ(missed[0].reasons.at(0).field, "first_date");
    EXPECT_NE(missed[0].reasons.at(0).detail.fr.find("30"), std::string::npos);
}

TEST_P(SeriesGaps, ExplainsAnewWhichMonthsLackItsDay) {
    auto request = saturdays();
    request.recurrence = {day(2026, 12, 30), MonthlyByDate{1}, std::nullopt, 3};
    const SeriesId id = ask(request).value();
    auto order = order_of(id, Scope::following, "2027-01-30");
    order.until = day(2028, 2, 29);
    const SeriesId rest = edit(order).value();
    std::string missed;
    for (const MissedDate& one : select_missed(*session_, kTown, rest)) {
        missed += one.date + ':' + one.reasons.at(0).field + ' ';
    }
    EXPECT_EQ(missed, "2027-02-28:first_date 2028-02-29:first_date ");
    EXPECT_EQ(select_views_of(*session_, kTown, rest).size(), 12U);
    auto counted = order_of(rest, Scope::following, "2027-03-30");
    counted.start_time = "18:00";
    const SeriesId last = edit(counted).value();
    EXPECT_EQ(select_views_of(*session_, kTown, last).size(), 11U) << "no date was lost";
}

TEST_P(SeriesGaps, CountsNoMonthThatLacksItsDay) {
    auto request = saturdays();
    request.recurrence = {day(2026, 12, 30), MonthlyByDate{1}, std::nullopt, 4};
    const SeriesId id = ask(request).value();
    auto order = order_of(id, Scope::following, "2027-03-30");
    order.start_time = "18:00";
    const SeriesId rest = edit(order).value();
    EXPECT_EQ(select_series(*session_, kTown, rest)->recurrence.count, 2);
    EXPECT_EQ(select_views_of(*session_, kTown, rest).size(), 2U);
}

}  // namespace
}  // namespace creneau::booking
