#include "api/booking/closures/close_rooms.hpp"
#include "api/booking/closures/plan_closure.hpp"
#include "api/booking/series/decide_series.hpp"
#include "api/booking/series/plan_series.hpp"
#include "tests/api/booking/closures/closure_order.hpp"
#include "tests/api/booking/series_fixture.hpp"

#include <gtest/gtest.h>

#include <string>

#include <nlohmann/json.hpp>

namespace creneau::booking {
namespace {

class ClosuresAndSeries : public SeriesTest {
  protected:
    void close(CloseRooms order) {
        const auto closure =
            writer_.run([=](store::Session& session) { return close_rooms(session, order); });
        EXPECT_TRUE(closure.value().has_value());
    }
    /// Over the Saturdays of 12 and 19 December.
    static CloseRooms two_weeks(MeetPolicy meets) {
        auto order = danton_closure(meets);
        order.start = "2026-12-12T00:00";
        order.end = "2026-12-20T00:00";
        return order;
    }
};
CRENEAU_ON_BOTH_ENGINES(ClosuresAndSeries);

TEST_P(ClosuresAndSeries, ASeriesThatIsMetHearsOnceOfAllItsDates) {
    ASSERT_TRUE(ask(saturdays()));
    close(two_weeks(MeetPolicy::notify));
    EXPECT_EQ(count("outbox WHERE template = 'series_closure'"), 1);
    const auto facts = nlohmann::json::parse(facts_of_mail("series_closure"));
    EXPECT_EQ(facts["series"]["dates"].size(), 2U);
    EXPECT_EQ(facts["closure"]["kind_en"], "works");
    EXPECT_EQ(count("bookings WHERE status = 'pending'"), 4);
}

TEST_P(ClosuresAndSeries, DatesThatAreMetAreCancelledWithOneMail) {
    ASSERT_TRUE(ask(saturdays()));
    close(two_weeks(MeetPolicy::cancel));
    EXPECT_EQ(count("bookings WHERE status = 'cancelled'"), 2);
    EXPECT_EQ(count("outbox WHERE template = 'series_cancelled'"), 1);
    EXPECT_EQ(count("outbox WHERE template = 'booking_cancelled'"), 0);
}

TEST_P(ClosuresAndSeries, AClosedDateIsRefusedUnlessTheSeriesSkipsClosures) {
    close(two_weeks(MeetPolicy::refuse));
    auto series = saturdays();
    auto answer = ask(series);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().refusal, Refusal::room_closed);
    EXPECT_EQ(dates_of(answer.error()), "2026-12-12:room_closed 2026-12-19:room_closed");
    series.skips.closures = true;
    const auto plan = plan_series(*session_, series);
    ASSERT_TRUE(plan);
    EXPECT_EQ(plan->dates[1].verdict, Verdict::left_out);
    ASSERT_TRUE(ask(series));
    EXPECT_EQ(count("bookings"), 2);
    EXPECT_EQ(count("series_missed WHERE rule = 'room_closed'"), 2);
}

TEST_P(ClosuresAndSeries, WhatIsClosedIsNotReplaced) {
    const auto kept = chess_on("2026-12-12");
    close(two_weeks(MeetPolicy::notify));
    auto series = office_saturdays();
    series.start_time = "18:15";
    series.end_time = "18:45";
    const auto answer = ask(series);
    ASSERT_FALSE(answer) << "within the kept booking, but in the closure";
    EXPECT_EQ(text("SELECT status FROM bookings"), "pending");
    EXPECT_EQ(kept.status, Status::pending);
}

TEST_P(ClosuresAndSeries, ABatchApprovesTheDatesThatAClosureKept) {
    auto series = saturdays();
    series.room = kOpen;  // pending dates do not block: approved, they take their slots back
    const auto id = ask(series).value();
    auto order = two_weeks(MeetPolicy::notify);
    order.room = kOpen;
    close(order);
    ApproveSeries approval;
    approval.change.town = kTown;
    approval.change.actor = kOffice;
    approval.change.series = id;
    approval.change.scope = Scope::all;
    approval.change.now = kNow;
    ASSERT_TRUE(write(approve_series, approval));
    EXPECT_EQ(count("bookings WHERE status = 'approved'"), 4);
    EXPECT_EQ(count("occupancies WHERE source_kind = 'booking'"), 4);
}

}  // namespace
}  // namespace creneau::booking
