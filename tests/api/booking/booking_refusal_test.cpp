#include "tests/api/booking/town_fixture.hpp"

#include <functional>
#include <string>
#include <vector>

namespace creneau::booking {
namespace {

/// Every refusal leaves the database as it was.
class BookingRefusal : public TownTest {
  protected:
    void expect_refused(const std::string& name, Refusal refusal, const std::string& codes,
                        const std::function<Outcome<Booking>()>& attempt) {
        SCOPED_TRACE(name);
        const auto before = traces();
        const auto answer = attempt();
        ASSERT_FALSE(answer);
        EXPECT_EQ(word_of(answer.error().refusal), word_of(refusal));
        EXPECT_EQ(codes_of(answer.error()), codes);
        EXPECT_EQ(traces(), before);
    }
    void expect_no_request(const std::string& codes, Refusal refusal,
                           const std::function<void(RequestBooking&)>& spoil) {
        auto order = wish();
        spoil(order);
        expect_refused(codes, refusal, codes, [&] { return request(order); });
    }
};
CRENEAU_ON_BOTH_ENGINES(BookingRefusal);

TEST_P(BookingRefusal, NamesTheRuleOfARequest) {
    const auto rules = Refusal::rules;
    expect_no_request("unknown_room", rules, [](auto& order) { order.room = RoomId{77}; });
    expect_no_request("unknown_room", rules, [](auto& order) { order.room = kOtherRoom; });
    expect_no_request("bad_date_time", rules, [](auto& order) { order.start = "tomorrow"; });
    expect_no_request("end_before_start", rules,
                      [](auto& order) { order.end = "2026-12-05T18:00"; });
    expect_no_request("in_the_past", rules, [](auto& order) { order.start = "2026-11-20T18:00"; });
    expect_no_request("too_long", rules, [](auto& order) { order.end = "2027-02-05T18:00"; });
    expect_no_request("over_capacity", rules, [](auto& order) { order.attendees = 61; });
    expect_no_request("too_few_attendees", rules, [](auto& order) { order.attendees = 0; });
    expect_no_request("purpose_missing", rules, [](auto& order) { order.purpose = " "; });
    expect_no_request("purpose_too_long", rules,
                      [](auto& order) { order.purpose = std::string(501, 'x'); });
    expect_no_request("bad_text", rules, [](auto& order) { order.purpose = "\xff"; });
    expect_no_request("unknown_booker", rules, [](auto& order) {
        order.actor = kOffice;
        order.booker = kGone;
    });
    expect_no_request("unknown_booker", rules, [](auto& order) {
        order.actor = kOffice;
        order.booker = kOtherOffice;
    });
    expect_no_request("no_such_time", rules, [](auto& order) {
        order.start = "2027-03-28T02:30";
        order.end = "2027-03-28T03:15";
    });
    expect_no_request("individuals_may_not_book", rules, [](auto& order) {
        order.room = kHall;
        order.association.reset();
    });
    EXPECT_TRUE(request(wish()));
}

TEST_P(BookingRefusal, NamesEveryFailingRuleAtOnce) {
    ASSERT_TRUE(request(wish()));
    expect_no_request("over_capacity,purpose_missing,not_a_manager,room_taken", Refusal::rules,
                      [](auto& order) {
                          order.attendees = 100;
                          order.purpose = "";
                          order.association = kChess;
                      });
}

TEST_P(BookingRefusal, SaysNotAllowedWhenOnlyARightIsMissing) {
    const auto refusal = Refusal::not_allowed;
    expect_no_request("not_a_manager", refusal, [](auto& order) { order.association = kChess; });
    expect_no_request("not_a_manager", refusal,
                      [](auto& order) { order.association = AssociationId{77}; });
    expect_no_request("may_not_book", refusal, [](auto& order) {
        order.actor = kAlex;
        order.association.reset();
    });
    expect_no_request("", refusal, [](auto& order) { order.booker = kMaud; });
    expect_no_request("", refusal, [](auto& order) { order.actor = kGone; });
    expect_no_request("", refusal, [](auto& order) { order.actor = kOtherOffice; });
}

TEST_P(BookingRefusal, LeavesDecisionsToTheOffice) {
    const auto booking = request(wish()).value();
    expect_refused("approve", Refusal::not_allowed, "", [&] { return approve(booking, kCamille); });
    expect_refused("refuse", Refusal::not_allowed, "", [&] {
        return write(refuse_booking,
                     RefuseBooking{change_of(booking, kCamille), "public_order", ""});
    });
    expect_refused("stranger", Refusal::unknown_booking, "",
                   [&] { return approve(booking, kDominique); });
    EXPECT_TRUE(approve(booking));
}

TEST_P(BookingRefusal, HidesABookingFromStrangers) {
    const auto booking = approved();
    expect_refused("cancel", Refusal::unknown_booking, "",
                   [&] { return cancel(booking, kDominique); });
    expect_refused("move", Refusal::unknown_booking, "",
                   [&] { return move(booking, "2026-12-06T10:00", "2026-12-06T11:00", kAlex); });
    Booking none;
    none.id = BookingId{4711};
    expect_refused("none", Refusal::unknown_booking, "", [&] { return approve(none); });
    EXPECT_TRUE(cancel(booking));
}

TEST_P(BookingRefusal, AllowsEachDecisionOnce) {
    const auto booking = approved();
    expect_refused("again", Refusal::wrong_state, "", [&] { return approve(booking); });
    expect_refused("refuse", Refusal::wrong_state, "", [&] { return refuse_it(booking); });
    ASSERT_TRUE(cancel(booking));
    expect_refused("cancelled", Refusal::wrong_state, "", [&] { return cancel(booking); });
    expect_refused("approve", Refusal::wrong_state, "", [&] { return approve(booking); });
    expect_refused("move", Refusal::wrong_state, "",
                   [&] { return move(booking, "2026-12-06T10:00", "2026-12-06T11:00"); });
}

TEST_P(BookingRefusal, TakesNoStaleChange) {
    const auto booking = request(wish()).value();
    Change stale = change_of(booking, kOffice);
    stale.expected_sequence = booking.sequence + 1;
    expect_refused("approve", Refusal::stale, "", [&] { return write(approve_booking, stale); });
    expect_refused("refuse", Refusal::stale, "",
                   [&] { return write(refuse_booking, RefuseBooking{stale, "public_order", ""}); });
    expect_refused("cancel", Refusal::stale, "",
                   [&] { return write(cancel_booking, CancelBooking{stale, "", ""}); });
    expect_refused("move", Refusal::stale, "", [&] {
        return write(move_booking, MoveBooking{stale, {}, "2026-12-06T10:00", "2026-12-06T11:00"});
    });
    stale.expected_sequence = booking.sequence;
    EXPECT_TRUE(write(approve_booking, stale));
}

TEST_P(BookingRefusal, TakesGroundsFromTheList) {
    const auto booking = request(wish()).value();
    expect_refused("refuse", Refusal::rules, "unknown_ground",
                   [&] { return refuse_it(booking, "because"); });
    expect_refused("text", Refusal::rules, "text_needed",
                   [&] { return refuse_it(booking, "incomplete_file"); });
    expect_refused("cancel", Refusal::rules, "unknown_ground",
                   [&] { return cancel(booking, kCamille, "weather_alert"); });
    EXPECT_TRUE(cancel(booking, kOffice, "weather_alert"));
}

TEST_P(BookingRefusal, KnowsWhatHasBegunAndWhatIsOver) {
    const auto booking = approved();
    const auto waiting = [&] {
        auto order = wish();
        order.room = kSemanaz;
        return request(order).value();
    }();
    const auto at = [&](const Booking& which, std::chrono::sys_seconds now) {
        Change change = change_of(which, kOffice);
        change.now = now;
        return change;
    };
    const auto during = booking.slot.at.start;
    const auto after = booking.slot.at.end;
    const std::string day = "2027-01-06T";
    expect_refused("move begun", Refusal::started, "", [&] {
        return write(move_booking,
                     MoveBooking{at(booking, during), {}, day + "10:00", day + "11:00"});
    });
    expect_refused("move over", Refusal::ended, "", [&] {
        return write(move_booking,
                     MoveBooking{at(booking, after), {}, day + "10:00", day + "11:00"});
    });
    expect_refused("cancel over", Refusal::ended, "", [&] {
        return write(cancel_booking, CancelBooking{at(booking, after), "", ""});
    });
    expect_refused("approve over", Refusal::ended, "",
                   [&] { return write(approve_booking, at(waiting, after)); });
    Change change = at(booking, during);
    change.actor = kCamille;
    expect_refused("cancel begun", Refusal::started, "",
                   [&] { return write(cancel_booking, CancelBooking{change, "", ""}); });
    change.actor = kOffice;
    EXPECT_TRUE(write(cancel_booking, CancelBooking{change, "", ""}))
        << "the office revokes a pass that is in use";
}

TEST_P(BookingRefusal, JudgesAMoveByTheNewPlace) {
    const auto booking = approved();
    expect_refused("capacity", Refusal::rules, "unknown_room", [&] {
        return move(booking, "2026-12-06T10:00", "2026-12-06T11:00", kOffice, kOtherRoom);
    });
    expect_refused("past", Refusal::rules, "in_the_past",
                   [&] { return move(booking, "2026-11-20T10:00", "2026-11-20T11:00"); });
    auto big = wish();
    big.start = "2026-12-07T10:00";
    big.end = "2026-12-07T12:00";
    big.attendees = 50;
    const auto many = request(big).value();
    expect_refused("capacity", Refusal::rules, "over_capacity", [&] {
        return move(many, "2026-12-08T10:00", "2026-12-08T12:00", kOffice, kSemanaz);
    });
    EXPECT_TRUE(move(booking, "2026-12-06T10:00", "2026-12-06T11:00"));
}

// ---- overlap, by every path

TEST_P(BookingRefusal, OverlapOnARequest) {
    ASSERT_TRUE(request(wish()));
    for (const auto& [start, end] :
         std::vector<std::pair<std::string, std::string>>{{"18:30", "20:30"},
                                                          {"18:00", "18:31"},
                                                          {"20:29", "22:00"},
                                                          {"19:00", "19:30"},
                                                          {"17:00", "23:00"}}) {
        auto order = wish();
        order.start = "2026-12-05T" + start;
        order.end = "2026-12-05T" + end;
        expect_refused(start, Refusal::room_taken, "room_taken", [&] { return request(order); });
    }
    auto before = wish();
    before.start = "2026-12-05T16:30";
    before.end = "2026-12-05T18:30";
    EXPECT_TRUE(request(before)) << "intervals are half-open";
    auto after = wish();
    after.start = "2026-12-05T20:30";
    after.end = "2026-12-05T21:30";
    EXPECT_TRUE(request(after)) << "intervals are half-open";
}

TEST_P(BookingRefusal, OverlapThroughASharedSpace) {
    auto small = wish();
    small.room = kSmall;
    ASSERT_TRUE(request(small));
    auto hall = wish();
    hall.room = kHall;
    expect_refused("hall", Refusal::room_taken, "room_taken", [&] { return request(hall); });
    hall.end = "2026-12-06T10:00";
    hall.start = "2026-12-05T20:30";
    ASSERT_TRUE(request(hall));
    EXPECT_EQ(number("SELECT COUNT(*) FROM occupancies WHERE source_id ="
                     " (SELECT MAX(source_id) FROM occupancies)"),
              2);
    small.start = "2026-12-06T09:00";
    small.end = "2026-12-06T11:00";
    expect_refused("small", Refusal::room_taken, "room_taken", [&] { return request(small); });
}

TEST_P(BookingRefusal, OverlapOnAnApproval) {
    auto order = wish();
    order.room = kOpen;
    const auto first = request(order).value();
    const auto second = request(order).value();
    EXPECT_EQ(number("SELECT COUNT(*) FROM occupancies"), 0) << "pending does not block here";
    ASSERT_TRUE(approve(second));
    expect_refused("first", Refusal::room_taken, "room_taken", [&] { return approve(first); });
    ASSERT_TRUE(cancel(second));
    EXPECT_TRUE(approve(first));
}

TEST_P(BookingRefusal, OverlapOnAMove) {
    const auto booking = approved();
    auto other = wish();
    other.start = "2026-12-06T18:30";
    other.end = "2026-12-06T20:30";
    ASSERT_TRUE(request(other));
    expect_refused("slot", Refusal::room_taken, "room_taken",
                   [&] { return move(booking, "2026-12-06T19:00", "2026-12-06T21:00"); });
    auto elsewhere = wish();
    elsewhere.room = kSemanaz;
    ASSERT_TRUE(request(elsewhere));
    expect_refused("room", Refusal::room_taken, "room_taken", [&] {
        return move(booking, "2026-12-05T18:30", "2026-12-05T20:30", kOffice, kSemanaz);
    });
    EXPECT_TRUE(move(booking, "2026-12-06T20:30", "2026-12-06T21:00"));
}

TEST_P(BookingRefusal, TheDatabaseItselfRefusesAnOverlap) {
    approved();
    EXPECT_ANY_THROW(session_->execute(
        "INSERT INTO occupancies (space_id, start_at, end_at, town_id, source_kind, source_id)"
        " VALUES (1, 1796492000, 1796493000, 1, 'booking', 99)"));
}

TEST_P(BookingRefusal, OffersUpToFiveFreeSlots) {
    ASSERT_TRUE(request(wish()));
    const auto answer = request(wish());
    ASSERT_FALSE(answer);
    const auto& offers = answer.error().alternatives;
    ASSERT_EQ(offers.size(), 5U);
    EXPECT_EQ(offers[0].slot.local_start, "2026-12-05T20:30");
    EXPECT_EQ(offers[1].slot.local_start, "2026-12-05T16:30");
    EXPECT_EQ(offers[2].slot.local_start, "2026-12-06T18:30");
    EXPECT_EQ(offers[3].room_name, "Petite salle");
    EXPECT_EQ(offers[3].slot.local_start, "2026-12-05T18:30");
    for (const Alternative& offer : offers) {
        auto order = wish();
        order.room = offer.room;
        order.start = offer.slot.local_start;
        order.end = offer.slot.local_end;
        EXPECT_TRUE(request(order)) << offer.room_name << ' ' << order.start;
    }
}

// ---- two towns in one database

TEST_P(BookingRefusal, TownsDoNotSeeOneAnother) {
    const auto booking = approved();
    Change change = change_of(booking, kOtherOffice);
    change.town = kOtherTown;
    expect_refused("their office", Refusal::unknown_booking, "",
                   [&] { return write(approve_booking, change); });
    expect_refused("their cancellation", Refusal::unknown_booking, "",
                   [&] { return write(cancel_booking, CancelBooking{change, "other", ""}); });
    auto order = wish();
    order.town = kOtherTown;
    order.actor = kOtherOffice;
    order.association.reset();
    expect_refused("our room", Refusal::rules, "unknown_room", [&] { return request(order); });
    order.room = kOtherRoom;
    const auto theirs = request(order);
    ASSERT_TRUE(theirs) << "the same slot in another town";
    change.booking = theirs->id;
    ASSERT_TRUE(write(approve_booking, change));
    EXPECT_EQ(number("SELECT number FROM passes WHERE town_id = 2"), 1) << "numbered by town";
    EXPECT_EQ(number("SELECT scope FROM credentials WHERE town_id = 2"), 32768);
    change.town = kTown;
    change.actor = kOffice;
    expect_refused("our office", Refusal::unknown_booking, "",
                   [&] { return write(cancel_booking, CancelBooking{change, "other", ""}); });
}

}  // namespace
}  // namespace creneau::booking
