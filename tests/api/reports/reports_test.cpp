#include "api/booking/booking_error.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/people/people_store.hpp"
#include "api/reports/decisions.hpp"
#include "api/reports/report_types.hpp"
#include "api/reports/usage.hpp"
#include "tests/api/booking/town_fixture.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace creneau::reports {
namespace {

using booking::kCamille;
using booking::kDominique;
using booking::kNow;
using booking::kOffice;
using booking::kOtherOffice;
using booking::PersonId;

class Reports : public booking::TownTest {
  protected:
    Reports() {
        given(booking::kDanton, "2026-12-05T18:30", "2026-12-05T20:30");
        given(booking::kSemanaz, "2026-12-12T09:00", "2026-12-12T09:45");
        given(booking::kDanton, "2027-01-02T18:30", "2027-01-02T19:30", true);
        request(order(booking::kSemanaz, "2026-12-19T18:30", "2026-12-19T20:30")).value();
    }
    booking::RequestBooking order(booking::RoomId room, const std::string& start,
                                  const std::string& end) {
        auto asked = wish();
        asked.room = room;
        asked.start = start;
        asked.end = end;
        return asked;
    }
    void given(booking::RoomId room, const std::string& start, const std::string& end,
               bool to_individual = false) {
        auto asked = order(room, start, end);
        if (to_individual) {
            asked.actor = kDominique;
            asked.association.reset();
        }
        approve(request(asked).value()).value();
    }
    static Period period(const std::string& from, const std::string& to) {
        return {booking::parse_date(from).value(), booking::parse_date(to).value()};
    }
    booking::Outcome<Usage> usage(UsageBy by, const Period& days, PersonId reader = kOffice) {
        const bool is_other = reader == kOtherOffice;
        const auto town = is_other ? booking::kOtherTown : booking::kTown;
        const auto person = people::find_person(*session_, town, reader);
        return read_usage(*session_, person.value(), {town, days, {}, {}}, by);
    }
    booking::Outcome<Decisions> decisions(const Period& days, PersonId reader = kOffice) {
        const auto person = people::find_person(*session_, booking::kTown, reader);
        return read_decisions(*session_, person.value(), {booking::kTown, days, {}, {}});
    }
    const Period season_ = period("2026-12-01", "2027-02-01");
};
CRENEAU_ON_BOTH_ENGINES(Reports);

TEST_P(Reports, UsageCountsWhatWasApproved) {
    const auto rooms = usage(UsageBy::room, season_).value();
    ASSERT_EQ(rooms.rows.size(), 2U);
    EXPECT_EQ(rooms.rows[0].key, "1");
    EXPECT_EQ(rooms.rows[0].booked, (Booked{2, 180, 24}));
    EXPECT_EQ(rooms.rows[1].name, "LCR Semanaz");
    EXPECT_EQ(rooms.rows[1].booked, (Booked{1, 45, 12})) << "what is pending is not used";
    EXPECT_EQ(rooms.total, (Booked{3, 225, 36}));
    EXPECT_EQ(rooms.rest, Booked{});
}

TEST_P(Reports, UsageCountsApartWhatADoorKnowsSomebodyCameFor) {
    session_->execute(
        "INSERT INTO check_ins (booking_id, town_id, start_at) SELECT MIN(id), town_id,"
        " MIN(start_at) FROM bookings WHERE room_id = 2 AND status = 'approved' GROUP BY town_id");
    const auto rooms = usage(UsageBy::room, season_).value();
    EXPECT_EQ(rooms.rows[0].booked.checked_in_minutes, 0);
    EXPECT_EQ(rooms.rows[1].booked.checked_in_minutes, 45);
    EXPECT_EQ(rooms.total.checked_in_minutes, 45);
    session_->execute("UPDATE check_ins SET start_at = start_at + 1");
    EXPECT_EQ(usage(UsageBy::room, season_)->total.checked_in_minutes, 0) << "of another slot";
}

TEST_P(Reports, WhatWasGivenBackStaysBookedAndIsNotUsed) {
    session_->execute(
        "INSERT INTO releases (booking_id, town_id, start_at, booked_until) SELECT id, town_id,"
        " start_at, end_at FROM bookings WHERE room_id = 2 AND status = 'approved'");
    session_->execute(
        "UPDATE bookings SET end_at = end_at - 1800 WHERE room_id = 2 AND status = 'approved'");
    const auto rooms = usage(UsageBy::room, season_).value();
    EXPECT_EQ(rooms.rows[1].booked.minutes, 45);
    EXPECT_EQ(rooms.rows[1].booked.checked_in_minutes, 0);
    session_->execute("UPDATE releases SET start_at = start_at + 1");
    EXPECT_EQ(usage(UsageBy::room, season_)->rows[1].booked.minutes, 15) << "of another slot";
}

TEST_P(Reports, IndividualsAreOneRowWithoutAName) {
    const auto by = usage(UsageBy::association, season_).value();
    ASSERT_EQ(by.rows.size(), 2U);
    EXPECT_EQ(by.rows[0].name, "Chorale du Pré");
    EXPECT_EQ(by.rows[0].booked.minutes, 165);
    EXPECT_EQ(by.rows[1].key, "");
    EXPECT_EQ(by.rows[1].name, "");
    EXPECT_EQ(by.rows[1].booked.minutes, 60);
}

TEST_P(Reports, APeriodIsLocalDaysWithoutItsEnd) {
    const auto months = usage(UsageBy::month, season_).value();
    ASSERT_EQ(months.rows.size(), 2U);
    EXPECT_EQ(months.rows[0].key, "2026-12");
    EXPECT_EQ(months.rows[0].booked.bookings, 2);
    EXPECT_EQ(usage(UsageBy::room, period("2026-12-05", "2026-12-12"))->total.bookings, 1);
    EXPECT_EQ(usage(UsageBy::room, period("2026-12-06", "2026-12-13"))->total.bookings, 1);
    EXPECT_EQ(usage(UsageBy::room, period("2026-12-06", "2026-12-12"))->total, Booked{});
    const auto days = usage(UsageBy::weekday, season_).value();
    ASSERT_EQ(days.rows.size(), 1U) << "all were Saturdays";
    EXPECT_EQ(days.rows[0].key, "6");
    EXPECT_EQ(days.rows[0].booked.bookings, 3);
}

TEST_P(Reports, WhatWasGivenUpIsNotUsed) {
    const auto last =
        approve(request(order(booking::kDanton, "2026-12-21T18:30", "2026-12-21T20:30")).value())
            .value();
    EXPECT_EQ(usage(UsageBy::room, season_)->total.bookings, 4);
    cancel(last).value();
    EXPECT_EQ(usage(UsageBy::room, season_)->total.bookings, 3);
}

TEST_P(Reports, AreForTheOfficeOfTheirTown) {
    const auto refused = usage(UsageBy::room, season_, kCamille);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().refusal, booking::Refusal::not_allowed);
    ASSERT_FALSE(decisions(season_, kCamille));
    EXPECT_EQ(usage(UsageBy::room, season_, kOtherOffice)->total, Booked{});
    EXPECT_EQ(usage(UsageBy::room, season_)->total.bookings, 3);
}

TEST_P(Reports, TheOfficeOfARoomReadsOfThatRoom) {
    session_->execute("DELETE FROM person_roles WHERE person_id = 6");
    session_->execute(
        "INSERT INTO person_roles (town_id, person_id, role, scope_kind, scope_id)"
        " VALUES (1, 6, 'office', 'room', 2)");
    const auto seen = usage(UsageBy::room, season_, booking::kMaud).value();
    ASSERT_EQ(seen.rows.size(), 1U);
    EXPECT_EQ(seen.rows[0].key, "2");
    EXPECT_EQ(decisions(period("2026-11-01", "2026-12-01"), booking::kMaud)->all.received, 2);
}

TEST_P(Reports, DecisionsAreOfTheDaysThatRequestsCameIn) {
    refuse_it(request(order(booking::kDanton, "2026-12-23T18:30", "2026-12-23T20:30")).value())
        .value();
    const auto read = decisions(period("2026-11-21", "2026-11-22")).value();
    EXPECT_EQ(read.all.received, 5);
    EXPECT_EQ(read.all.approved, 3);
    EXPECT_EQ(read.all.refused, 1);
    EXPECT_EQ(read.all.pending, 1);
    ASSERT_TRUE(read.all.median_delay);
    ASSERT_EQ(read.months.size(), 1U);
    EXPECT_EQ(read.months[0].month, "2026-11");
    EXPECT_EQ(read.months[0].received, 5);
    ASSERT_EQ(read.grounds.size(), 1U);
    EXPECT_EQ(read.grounds[0].code, "property_management");
    EXPECT_EQ(read.grounds[0].refused, 1);
    EXPECT_EQ(decisions(period("2026-11-22", "2026-11-23"))->all.received, 0);
}

TEST_P(Reports, TheMonthIsThatOfTheTownsClock) {
    // 30 November, 23:30 UTC: half past midnight of December in Paris.
    session_->execute("UPDATE bookings SET requested_at = 1796081400 WHERE id = 1");
    EXPECT_EQ(decisions(period("2026-11-01", "2026-12-01"))->all.received, 3);
    const auto december = decisions(period("2026-12-01", "2027-01-01")).value();
    ASSERT_EQ(december.months.size(), 1U);
    EXPECT_EQ(december.months[0].month, "2026-12");
}

}  // namespace
}  // namespace creneau::reports
