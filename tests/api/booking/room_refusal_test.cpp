#include "tests/api/booking/town_fixture.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <string>

namespace creneau::booking {
namespace {

/// Rooms with rules; every refusal leaves the database as it was.
class RoomRefusal : public TownTest {
  protected:
    void expect_refused(const std::string& codes, const std::function<Outcome<Booking>()>& attempt,
                        Refusal refusal = Refusal::rules) {
        SCOPED_TRACE(codes);
        const auto before = traces();
        const auto answer = attempt();
        ASSERT_FALSE(answer);
        EXPECT_EQ(codes_of(answer.error()), codes);
        EXPECT_EQ(word_of(answer.error().refusal), word_of(refusal));
        EXPECT_EQ(traces(), before);
    }
    void rule(const std::string& columns, const std::string& values, int room = 1) {
        session_->execute("INSERT INTO room_rules (town_id, room_id, " + columns + ") VALUES (1, " +
                          std::to_string(room) + ", " + values + ")");
    }
    /// Group 1 'Sport' with the choir, group 2 'Habitants' with Dominique.
    void make_groups() {
        session_->execute(
            "INSERT INTO booker_groups (id, town_id, key, name) VALUES (1, 1, 'sport', 'Sport'),"
            " (2, 1, 'habitants', 'Habitants');"
            "INSERT INTO association_groups (town_id, association_id, group_id) VALUES (1, 1, 1);"
            "INSERT INTO person_groups (town_id, person_id, group_id) VALUES (1, 3, 2)");
    }
    static RequestBooking at(const std::string& start, const std::string& end) {
        auto order = wish();
        order.start = "2026-12-05T" + start;
        order.end = "2026-12-05T" + end;
        return order;
    }
    static RequestBooking by_dominique() {
        auto order = wish();
        order.actor = kDominique;
        order.association.reset();
        return order;
    }
};
CRENEAU_ON_BOTH_ENGINES(RoomRefusal);

TEST_P(RoomRefusal, KeepsToOpeningHoursAndTheirExceptions) {
    rule("grid_min", "0");
    session_->execute(
        "INSERT INTO opening_hours (town_id, room_id, weekday, from_min, until_min) VALUES"
        " (1, 1, 6, 1080, 1560), (1, 1, 7, 600, 720);"
        "INSERT INTO opening_exceptions (town_id, room_id, on_date, from_min, until_min) VALUES"
        " (1, 1, '2026-12-12', 0, 0), (1, 1, '2026-12-14', 540, 600)");
    expect_refused("outside_opening_hours", [&] { return request(at("17:59", "19:00")); });
    auto closed = wish();
    closed.start = "2026-12-12T19:00";
    closed.end = "2026-12-12T20:00";
    expect_refused("outside_opening_hours", [&] { return request(closed); });
    auto late = at("22:00", "23:00");
    late.end = "2026-12-06T02:00";
    const auto booking = request(late);
    ASSERT_TRUE(booking);
    expect_refused("outside_opening_hours",
                   [&] { return move(*booking, "2026-12-14T09:00", "2026-12-14T10:30"); });
    EXPECT_TRUE(move(*booking, "2026-12-14T09:00", "2026-12-14T10:00"));
}

TEST_P(RoomRefusal, KeepsNoticeOfRequestsChangesAndCancellationsApart) {
    // The wish begins on 5 December, 14 days and 5.5 hours ahead.
    rule("create_least_min, create_most_min, change_least_min, cancel_least_min",
         "14400, 28800, 4320, 1440");
    auto soon = wish();
    soon.start = "2026-11-30T18:30";
    soon.end = "2026-11-30T20:30";
    expect_refused("notice_too_short", [&] { return request(soon); });
    auto far = wish();
    far.start = "2026-12-15T18:30";
    far.end = "2026-12-15T20:30";
    expect_refused("notice_too_long", [&] { return request(far); });
    const auto booking = request(wish()).value();
    expect_refused("notice_too_short",
                   [&] { return move(booking, "2026-11-23T10:00", "2026-11-23T11:00"); });
    const auto later = [&](std::chrono::hours before_start, PersonId actor) {
        Change change = change_of(booking, actor);
        change.now = booking.slot.at.start - before_start;
        return change;
    };
    expect_refused("notice_too_short", [&] {
        return write(move_booking, MoveBooking{later(std::chrono::hours{71}, kCamille),
                                               {},
                                               "2027-01-05T10:00",
                                               "2027-01-05T11:00"});
    });
    expect_refused("notice_too_short", [&] {
        return write(move_booking, MoveBooking{later(std::chrono::hours{71}, kCamille), kSemanaz,
                                               "2027-01-05T10:00", "2027-01-05T11:00"});
    });
    expect_refused("notice_too_short", [&] {
        return write(cancel_booking,
                     CancelBooking{later(std::chrono::hours{23}, kCamille), "", ""});
    });
    expect_refused("unknown_ground,notice_too_short", [&] {
        return write(cancel_booking,
                     CancelBooking{later(std::chrono::hours{23}, kCamille), "weather_alert", ""});
    });
    EXPECT_TRUE(
        write(cancel_booking, CancelBooking{later(std::chrono::hours{24}, kCamille), "", ""}));
    const auto again = request(wish()).value();
    Change office = change_of(again, kOffice);
    office.now = again.slot.at.start - std::chrono::hours{1};
    EXPECT_TRUE(write(cancel_booking, CancelBooking{office, "weather_alert", ""}));
}

TEST_P(RoomRefusal, KeepsToTheLengthOfTheRoom) {
    rule("length_least_min, length_most_min", "60, 120");
    expect_refused("too_short", [&] { return request(at("18:30", "19:29")); });
    expect_refused("too_long", [&] { return request(at("18:30", "20:31")); });
    const auto booking = request(at("18:30", "19:30"));
    ASSERT_TRUE(booking);
    expect_refused("too_short",
                   [&] { return move(*booking, "2026-12-05T18:30", "2026-12-05T19:00"); });
    EXPECT_TRUE(move(*booking, "2026-12-05T18:30", "2026-12-05T20:30"));
}

TEST_P(RoomRefusal, NamesEveryFailingRuleOfTheRoomAtOnce) {
    make_groups();
    rule(
        "associations_may_book, create_least_min, length_most_min, grid_min, setup_min,"
        " residents_until_days",
        "0, 43200, 60, 15, 30, 2");
    session_->execute(
        "INSERT INTO opening_hours (town_id, room_id, weekday, from_min, until_min)"
        " VALUES (1, 1, 6, 480, 720);"
        "INSERT INTO room_layouts (town_id, room_id, key, name, capacity)"
        " VALUES (1, 1, 'dinner', 'Banquet', 10);"
        "INSERT INTO room_groups (town_id, room_id, group_id, kind) VALUES (1, 1, 2, 'residents');"
        "INSERT INTO quotas (id, town_id, key, name, holder, unit, most, period)"
        " VALUES (1, 1, 'week', 'Heures', 'each', 'hours', 1, 'week')");
    auto order = at("18:31", "20:32");
    order.layout = "dinner";
    order.purpose = "";
    expect_refused(
        "over_capacity,association_may_not_book,outside_opening_hours,notice_too_short,too_long,"
        "off_grid,off_grid,residents_first,quota_exceeded,purpose_missing",
        [&] { return request(order); });
    session_->execute(
        "DELETE FROM opening_hours; DELETE FROM quotas; DELETE FROM room_groups;"
        "UPDATE room_rules SET associations_may_book = 1, create_least_min = 0,"
        " length_most_min = 0, grid_min = 0, setup_min = 0, residents_until_days = 0");
    order.purpose = "Dîner";
    order.attendees = 10;
    const auto booking = request(order);
    ASSERT_TRUE(booking);
    EXPECT_EQ(text("SELECT layout FROM bookings"), "dinner");
}

TEST_P(RoomRefusal, CountsPeopleByTheLayoutAlsoWhereABookingMoves) {
    rule("grid_min", "0");
    rule("grid_min", "0", 2);
    session_->execute(
        "INSERT INTO room_layouts (town_id, room_id, key, name, capacity) VALUES"
        " (1, 1, 'dinner', 'Banquet', 12), (1, 1, 'small', 'Petit', 5), (1, 2, 'dinner', 'B', 20)");
    auto order = wish();
    order.layout = "circle";
    expect_refused("unknown_layout", [&] { return request(order); });
    order.layout = "small";
    expect_refused("over_capacity", [&] { return request(order); });
    order.layout = "dinner";
    const auto booking = request(order).value();
    const auto to = [&](RoomId room, std::optional<std::string> layout) {
        return write(move_booking, MoveBooking{change_of(booking, kOffice), room,
                                               "2026-12-06T10:00", "2026-12-06T11:00", layout});
    };
    expect_refused("unknown_layout", [&] { return to(kOpen, {}); });
    expect_refused("over_capacity", [&] { return to(kDanton, "small"); });
    EXPECT_EQ(to(kSemanaz, {}).value().layout, "dinner");
    EXPECT_EQ(text("SELECT layout FROM bookings"), "dinner");
}

TEST_P(RoomRefusal, MorePeopleOrAnotherLayoutThanWasApprovedIsDecidedAnew) {
    rule("grid_min", "0");
    session_->execute(
        "INSERT INTO room_layouts (town_id, room_id, key, name, capacity) VALUES"
        " (1, 1, 'dinner', 'Banquet', 12), (1, 1, 'rows', 'Rangs', 40)");
    auto order = wish();
    order.layout = "rows";
    order.attendees = 10;
    auto booking = write(approve_booking, change_of(request(order).value(), kOffice)).value();
    const auto by_booker = [&](std::optional<std::int64_t> attendees,
                               std::optional<std::string> layout) {
        MoveBooking move{change_of(booking, kCamille), {}, order.start, order.end, layout};
        move.attendees = attendees;
        booking = write(move_booking, move).value();
        const auto status = booking.status;
        if (status == Status::pending) {
            booking = write(approve_booking, change_of(booking, kOffice)).value();
        }
        return status;
    };
    EXPECT_EQ(by_booker(8, {}), Status::approved);
    EXPECT_EQ(by_booker(12, {}), Status::pending);
    EXPECT_EQ(by_booker({}, "dinner"), Status::pending);
}

TEST_P(RoomRefusal, AdmitsGroupsAndKeepsResidentsFirst) {
    make_groups();
    rule("associations_may_book, residents_until_days", "0, 14");
    expect_refused("association_may_not_book", [&] { return request(wish()); });
    session_->execute(
        "INSERT INTO room_groups (town_id, room_id, group_id, kind) VALUES (1, 1, 1, 'may_book'),"
        " (1, 1, 2, 'residents')");
    EXPECT_TRUE(request(wish())) << "14 days before, everybody may";
    auto far = wish();
    far.start = "2026-12-06T18:30";
    far.end = "2026-12-06T20:30";
    expect_refused("residents_first", [&] { return request(far); });
    auto resident = by_dominique();
    resident.start = far.start;
    resident.end = far.end;
    EXPECT_TRUE(request(resident));
}

TEST_P(RoomRefusal, KeepsBuffersOffOtherBookings) {
    rule("setup_min, teardown_min", "30, 15");
    const auto booking = request(at("10:00", "12:00")).value();
    expect_refused("buffer_taken", [&] { return request(at("12:29", "13:00")); });
    expect_refused("buffer_taken", [&] { return request(at("09:00", "09:31")); });
    expect_refused("buffer_taken,may_not_override", [&] {
        auto order = at("12:29", "13:00");
        order.override_reason = "I know better";
        return request(order);
    });
    expect_refused(
        "room_taken",
        [&] {
            auto order = at("11:59", "13:00");
            order.actor = kOffice;
            order.booker = kCamille;
            order.override_reason = "Bodies are hard";
            return request(order);
        },
        Refusal::room_taken);
    EXPECT_TRUE(request(at("12:30", "13:00"))) << "its setup meets the other's teardown only";
    EXPECT_TRUE(move(booking, "2026-12-05T10:00", "2026-12-05T11:00")) << "not in its own way";
}

TEST_P(RoomRefusal, LetsTheOfficeSetBuffersAsideAndKeepsItsReason) {
    rule("setup_min, teardown_min", "30, 15");
    ASSERT_TRUE(request(at("10:00", "12:00")));
    auto order = at("12:00", "13:00");
    order.actor = kOffice;
    order.booker = kCamille;
    order.override_reason = "Same choir, same chairs";
    ASSERT_TRUE(request(order));
    EXPECT_EQ(text("SELECT reason FROM reasons WHERE action = 'buffers_overridden'"),
              "Same choir, same chairs");
    auto apart = at("16:00", "17:00");
    apart.actor = kOffice;
    apart.booker = kCamille;
    apart.override_reason = "Not needed";
    ASSERT_TRUE(request(apart));
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE action = 'buffers_overridden'"), 1);
}

TEST_P(RoomRefusal, ShortensWhatTheOfficePutCloseToAnother) {
    rule("setup_min, teardown_min", "30, 15");
    ASSERT_TRUE(request(at("10:00", "12:00")));
    auto order = at("12:00", "13:00");
    order.actor = kOffice;
    order.booker = kCamille;
    order.override_reason = "Same choir, same chairs";
    const auto close = request(order).value();
    const auto shorter = move(close, "2026-12-05T12:10", "2026-12-05T13:00", kCamille);
    ASSERT_TRUE(shorter) << "further from the other than it was";
    expect_refused("buffer_taken", [&] {
        return move(*shorter, "2026-12-05T12:05", "2026-12-05T13:00", kCamille);
    });
}

TEST_P(RoomRefusal, ChecksBuffersWhenWhatDidNotBlockIsApproved) {
    rule("setup_min, teardown_min", "30, 15", 4);
    auto first = at("10:00", "12:00");
    first.room = kOpen;
    auto second = at("12:10", "13:00");
    second.room = kOpen;
    const auto one = request(first).value();
    const auto other = request(second).value();
    ASSERT_TRUE(approve(one));
    expect_refused("buffer_taken", [&] { return approve(other); });
    Change change = change_of(other, kOffice);
    change.override_reason = "Ils se connaissent";
    EXPECT_TRUE(write(approve_booking, change));
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE action = 'buffers_overridden'"), 1);
}

TEST_P(RoomRefusal, CountsQuotasOverTheirRoomsAndSides) {
    session_->execute(
        "INSERT INTO quotas (id, town_id, key, name, holder, unit, most, period) VALUES"
        " (1, 1, 'week', 'Heures', 'association', 'hours', 4, 'week');"
        "INSERT INTO quota_rooms (town_id, quota_id, room_id) VALUES (1, 1, 1), (1, 1, 2)");
    const auto booking = request(wish()).value();
    auto second = wish();
    second.room = kSemanaz;
    second.end = "2026-12-05T20:31";
    expect_refused("quota_exceeded", [&] { return request(second); });
    second.end = "2026-12-05T20:30";
    ASSERT_TRUE(request(second));
    auto third = at("08:00", "09:00");
    expect_refused("quota_exceeded", [&] { return request(third); });
    third.room = kOpen;
    EXPECT_TRUE(request(third)) << "another room";
    third = by_dominique();
    third.start = "2026-12-05T08:00";
    third.end = "2026-12-05T09:00";
    EXPECT_TRUE(request(third)) << "an individual";
    third = at("10:00", "11:00");
    third.start = "2026-12-07T10:00";
    third.end = "2026-12-07T11:00";
    EXPECT_TRUE(request(third)) << "another week";
    EXPECT_TRUE(move(booking, "2026-12-04T18:00", "2026-12-04T20:00")) << "it does not count twice";
    ASSERT_TRUE(cancel(booking));
    EXPECT_TRUE(request(at("12:00", "13:00"))) << "what is cancelled is given back";
}

TEST_P(RoomRefusal, AQuotaCountsInAPeriodThatEndsAfterTheCalendar) {
    session_->execute(
        "INSERT INTO quotas (id, town_id, key, name, holder, unit, most, period, season_month)"
        " VALUES (1, 1, 'season', 'Saison', 'each', 'bookings', 2, 'season', 9),"
        " (2, 1, 'week', 'Semaine', 'each', 'bookings', 1, 'week', 9)");
    const auto on = [](const std::string& date) {
        auto order = wish();
        order.start = date + "T10:00";
        order.end = date + "T11:00";
        return order;
    };
    ASSERT_TRUE(request(on("2099-10-01")));
    ASSERT_TRUE(request(on("2099-12-31")));
    expect_refused("quota_exceeded", [&] { return request(on("2099-11-01")); });
    expect_refused("quota_exceeded,quota_exceeded", [&] { return request(on("2099-12-30")); });
}

TEST_P(RoomRefusal, OffersOnlyWhatTheRulesOfARoomLetPass) {
    rule("grid_min", "0");
    rule("grid_min", "0", 2);
    session_->execute(
        "INSERT INTO opening_hours (town_id, room_id, weekday, from_min, until_min) VALUES"
        " (1, 1, 6, 480, 1260), (1, 1, 7, 480, 600), (1, 2, 7, 480, 600)");
    ASSERT_TRUE(request(wish()));
    const auto answer = request(wish());
    ASSERT_FALSE(answer);
    ASSERT_FALSE(answer.error().alternatives.empty());
    for (const Alternative& offer : answer.error().alternatives) {
        EXPECT_NE(offer.room, kSemanaz) << "closed on that day";
        if (offer.room == kDanton) {
            auto order = wish();
            order.start = offer.slot.local_start;
            order.end = offer.slot.local_end;
            EXPECT_TRUE(request(order)) << offer.slot.local_start;
        }
    }
}

}  // namespace
}  // namespace creneau::booking
