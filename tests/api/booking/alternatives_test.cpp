#include "api/booking/closures/close_rooms.hpp"
#include "api/booking/closures/plan_closure.hpp"
#include "api/booking/holds/place_hold.hpp"
#include "api/booking/holds/use_hold.hpp"
#include "api/booking/waiting/join_line.hpp"
#include "tests/api/booking/town_fixture.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

namespace creneau::booking {
namespace {

/// What a refusal offers instead can be had.
class Alternatives : public TownTest {
  protected:
    void rule(const std::string& columns, const std::string& values, int room = 1) {
        session_->execute("INSERT INTO room_rules (town_id, room_id, " + columns + ") VALUES (1, " +
                          std::to_string(room) + ", " + values + ")");
    }
    static RequestBooking at(const std::string& start, const std::string& end,
                             RoomId room = kDanton) {
        auto order = wish();
        order.start = "2026-12-05T" + start;
        order.end = "2026-12-05T" + end;
        order.room = room;
        return order;
    }
    static RequestBooking there(RequestBooking order, const Alternative& offer) {
        order.room = offer.room;
        order.start = offer.slot.local_start;
        order.end = offer.slot.local_end;
        return order;
    }
    static std::string shown(const Alternative& offer) {
        return offer.room_name + ' ' + offer.slot.local_start + ' ' + offer.slot.local_end;
    }
    /// Books one offer after the other, each alone.
    void expect_had(const RequestBooking& order, const std::vector<Alternative>& offers) {
        for (const Alternative& offer : offers) {
            const auto booking = request(there(order, offer));
            EXPECT_TRUE(booking) << shown(offer) << ' '
                                 << (booking ? "" : codes_of(booking.error()));
            if (booking) {
                EXPECT_TRUE(cancel(*booking, kOffice, "weather_alert"));
            }
        }
    }
    /// The first thing offered instead of a request that these rules refuse.
    std::string first_instead(const std::string& codes, const RequestBooking& order) {
        SCOPED_TRACE(codes);
        const auto before = traces();
        const auto answer = request(order);
        EXPECT_FALSE(answer);
        EXPECT_EQ(traces(), before);
        if (answer) {
            return "";
        }
        const auto& offers = answer.error().alternatives;
        EXPECT_EQ(codes_of(answer.error()), codes);
        EXPECT_LE(offers.size(), 5U);
        expect_had(order, offers);
        return offers.empty() ? "nothing" : shown(offers.front());
    }
};
CRENEAU_ON_BOTH_ENGINES(Alternatives);

TEST_P(Alternatives, KeepToTheHoursOfTheRoom) {
    rule("grid_min", "0");
    rule("grid_min", "0", 2);
    session_->execute(
        "INSERT INTO opening_hours (town_id, room_id, weekday, from_min, until_min) VALUES"
        " (1, 1, 6, 480, 1080), (1, 2, 6, 480, 1080)");
    EXPECT_EQ(first_instead("outside_opening_hours", at("18:30", "20:30")),
              "LCR Danton 2026-12-05T16:00 2026-12-05T18:00");
    EXPECT_EQ(first_instead("outside_opening_hours", at("07:00", "09:00")),
              "LCR Danton 2026-12-05T08:00 2026-12-05T10:00");
    ASSERT_TRUE(request(at("16:00", "18:00")));
    EXPECT_EQ(first_instead("outside_opening_hours", at("18:30", "20:30")),
              "LCR Danton 2026-12-12T16:00 2026-12-12T18:00");
}

TEST_P(Alternatives, ToTheOfficeOfAPartAreOfItsOwnRooms) {
    session_->execute("DELETE FROM person_roles WHERE person_id = 1");
    session_->execute(
        "INSERT INTO person_roles (town_id, person_id, role, scope_kind, scope_id)"
        " VALUES (1, 1, 'office', 'site', 2)");
    ASSERT_TRUE(request(at("18:30", "20:30", kSemanaz)));
    auto order = at("18:30", "20:30", kSemanaz);
    const auto rooms = [this](const RequestBooking& asked) {
        const auto answer = request(asked);
        std::string names;
        for (const Alternative& offer : answer.error().alternatives) {
            names += offer.room == kSemanaz ? "" : offer.room_name + ' ';
        }
        return names;
    };
    EXPECT_EQ(rooms(order), "Petite salle Atelier ") << "somebody asks for themselves";
    order.actor = kOffice;
    order.booker = kCamille;
    session_->execute("UPDATE rooms SET site_id = 1 WHERE id IN (4, 5)");
    EXPECT_EQ(rooms(order), "Petite salle ") << "the others are at another site";
    order.actor = kCamille;
    EXPECT_EQ(rooms(order), "Petite salle Atelier ");
}

TEST_P(Alternatives, KeepToTheNoticeOfTheRoom) {
    // The wish begins 14 days and 5.5 hours ahead.
    rule("create_least_min, create_most_min", "28800, 43200");
    EXPECT_EQ(first_instead("notice_too_short", wish()),
              "LCR Danton 2026-12-11T18:30 2026-12-11T20:30");
    auto far = wish();
    far.start = "2027-01-30T18:30";
    far.end = "2027-01-30T20:30";
    EXPECT_EQ(first_instead("notice_too_long", far),
              "LCR Danton 2026-12-20T18:30 2026-12-20T20:30");
}

TEST_P(Alternatives, KeepToTheLengthAndTheGridOfTheRoom) {
    rule("length_least_min, length_most_min, grid_min", "60, 180, 30");
    EXPECT_EQ(first_instead("too_short", at("18:30", "19:00")),
              "LCR Danton 2026-12-05T18:30 2026-12-05T19:30");
    EXPECT_EQ(first_instead("too_long", at("18:30", "23:30")),
              "LCR Danton 2026-12-05T18:30 2026-12-05T21:30");
    EXPECT_EQ(first_instead("off_grid,off_grid", at("18:40", "20:40")),
              "LCR Danton 2026-12-05T18:30 2026-12-05T20:30");
}

TEST_P(Alternatives, AreOfAnotherRoomWhereNoTimeOfThisOneWillDo) {
    auto order = wish();
    order.attendees = 61;
    EXPECT_EQ(first_instead("over_capacity", order),
              "Grande salle 2026-12-05T18:30 2026-12-05T20:30");
    order = wish();
    order.layout = "dinner";
    rule("grid_min", "0", 2);
    rule("grid_min", "0", 3);
    session_->execute(
        "INSERT INTO room_layouts (town_id, room_id, key, name, capacity) VALUES"
        " (1, 2, 'dinner', 'Banquet', 12), (1, 3, 'dinner', 'Banquet', 11)");
    EXPECT_EQ(first_instead("unknown_layout", order),
              "LCR Semanaz 2026-12-05T18:30 2026-12-05T20:30");
    order = wish();
    order.room = kHall;
    order.association.reset();
    EXPECT_EQ(first_instead("individuals_may_not_book", order),
              "Petite salle 2026-12-05T18:30 2026-12-05T20:30");
    rule("associations_may_book", "0");
    EXPECT_EQ(first_instead("association_may_not_book", wish()),
              "Petite salle 2026-12-05T18:30 2026-12-05T20:30");
}

TEST_P(Alternatives, LeaveResidentsTheirDaysAndQuotasTheirPeriods) {
    rule("residents_until_days", "3");
    session_->execute(
        "INSERT INTO booker_groups (id, town_id, key, name) VALUES (2, 1, 'habitants', 'H');"
        "INSERT INTO room_groups (town_id, room_id, group_id, kind) VALUES (1, 1, 2, 'residents');"
        "INSERT INTO quotas (id, town_id, key, name, holder, unit, most, period) VALUES"
        " (1, 1, 'month', 'Mois', 'association', 'hours', 2, 'month');"
        "INSERT INTO quota_rooms (town_id, quota_id, room_id) VALUES (1, 1, 2), (1, 1, 3)");
    EXPECT_EQ(first_instead("residents_first", wish()),
              "LCR Danton 2026-11-24T18:30 2026-11-24T20:30");
    ASSERT_TRUE(request(at("08:00", "10:00", kSemanaz)));
    EXPECT_EQ(first_instead("quota_exceeded", at("18:30", "20:30", kSemanaz)),
              "LCR Semanaz 2026-11-30T18:30 2026-11-30T20:30");
}

TEST_P(Alternatives, LeaveTimeToClearAndSetUp) {
    rule("setup_min, teardown_min, grid_min", "30, 15, 15");
    ASSERT_TRUE(request(at("10:00", "12:00")));
    EXPECT_EQ(first_instead("buffer_taken", at("12:15", "13:15")),
              "LCR Danton 2026-12-05T12:30 2026-12-05T13:30");
    EXPECT_EQ(first_instead("buffer_taken", at("09:00", "09:45")),
              "LCR Danton 2026-12-05T12:30 2026-12-05T13:15");
}

TEST_P(Alternatives, GoRoundALongClosureAndAreNotPast) {
    CloseRooms order;
    order.town = kTown;
    order.actor = kOffice;
    order.room = kDanton;
    order.start = "2026-11-23T00:00";
    order.end = "2027-01-01T00:00";
    order.reason = "Parquet";
    order.now = kNow;
    ASSERT_TRUE(
        writer_.run([=](store::Session& session) { return close_rooms(session, order); }).value());
    EXPECT_EQ(first_instead("room_closed", wish()), "LCR Danton 2026-11-22T18:30 2026-11-22T20:30");
    auto past = wish();
    past.start = "2026-11-20T18:30";
    past.end = "2026-11-20T20:30";
    EXPECT_EQ(first_instead("in_the_past", past), "LCR Danton 2026-11-21T18:30 2026-11-21T20:30");
}

TEST_P(Alternatives, AreNotLookedForWhereNoneCanCure) {
    ASSERT_TRUE(request(wish()));
    const auto none = [&](const std::string& codes,
                          const std::function<void(RequestBooking&)>& so) {
        auto order = wish();
        so(order);
        EXPECT_EQ(first_instead(codes, order), "nothing");
    };
    none("too_few_attendees,room_taken", [](auto& order) { order.attendees = 0; });
    none("not_a_manager,room_taken", [](auto& order) { order.association = kChess; });
    none("unknown_room", [](auto& order) { order.room = kOtherRoom; });
    none("end_before_start", [](auto& order) { order.end = order.start; });
    none("over_capacity,room_taken", [](auto& order) { order.attendees = 1000; });
    auto quiet = wish();
    quiet.offer = Offer::nothing;
    EXPECT_EQ(first_instead("room_taken", quiet), "nothing");
}

TEST_P(Alternatives, AreThoseThatPassOnceTheWordsAreRight) {
    ASSERT_TRUE(request(wish()));
    const auto right = request(wish());
    ASSERT_FALSE(right);
    const auto offers = [](const BookingError& error) {
        std::vector<std::string> all;
        for (const Alternative& offer : error.alternatives) {
            all.push_back(shown(offer));
        }
        return all;
    };
    const auto same = [&](const std::string& codes,
                          const std::function<void(RequestBooking&)>& so) {
        auto order = wish();
        so(order);
        const auto answer = request(order);
        ASSERT_FALSE(answer);
        EXPECT_EQ(codes_of(answer.error()), codes);
        EXPECT_EQ(offers(answer.error()), offers(right.error())) << codes;
    };
    same("purpose_missing,room_taken", [](auto& order) { order.purpose = ""; });
    same("purpose_too_long,room_taken", [](auto& order) { order.purpose = std::string(999, 'a'); });
    same("unknown_kind,room_taken", [](auto& order) { order.kind = "none"; });
    same("may_not_override,room_taken", [](auto& order) { order.override_reason = "Moi"; });
    same("text_too_long,may_not_override,room_taken",
         [](auto& order) { order.override_reason = std::string(9999, 'a'); });
    expect_had(wish(), right.error().alternatives);
    auto alone = wish();
    alone.room = kSemanaz;
    alone.purpose = "";
    EXPECT_EQ(first_instead("purpose_missing", alone), "nothing") << "the slot itself is free";
}

TEST_P(Alternatives, OfAMoveAreWhereItCanGo) {
    const auto booking = approved();
    rule("change_least_min", "30240", 2);  // 21 days
    auto other = wish();
    other.start = "2026-12-06T18:30";
    other.end = "2026-12-06T20:30";
    ASSERT_TRUE(request(other));
    const auto answer = move(booking, "2026-12-06T18:30", "2026-12-06T20:30", kCamille);
    ASSERT_FALSE(answer);
    const auto& offers = answer.error().alternatives;
    ASSERT_EQ(offers.size(), 5U);
    for (const Alternative& offer : offers) {
        EXPECT_NE(offer.room, kSemanaz) << "it asks for longer notice of a change";
        EXPECT_NE(offer.slot.local_start, "2026-12-05T18:30") << "where it is already";
        EXPECT_TRUE(
            move(booking, offer.slot.local_start, offer.slot.local_end, kCamille, offer.room))
            << shown(offer);
        EXPECT_TRUE(move(booking, "2026-12-05T18:30", "2026-12-05T20:30", kCamille, kDanton));
    }
}

TEST_P(Alternatives, GiveNoNoticeBackThatWasMissed) {
    auto order = wish();
    order.start = "2026-12-20T18:30";
    order.end = "2026-12-20T20:30";
    const auto booking = request(order).value();
    rule("change_least_min", "43200");  // 30 days
    const auto answer = move(booking, "2026-12-20T18:30", "2026-12-20T20:30", kCamille, kSemanaz);
    ASSERT_FALSE(answer);
    EXPECT_EQ(codes_of(answer.error()), "notice_too_short");
    EXPECT_TRUE(answer.error().alternatives.empty());
}

TEST_P(Alternatives, OfAnApprovalAreWhereItsMoveAndApprovalPass) {
    auto order = wish();
    order.room = kOpen;
    const auto first = request(order).value();
    const auto second = request(order).value();
    ASSERT_TRUE(approve(second));
    const auto before = traces();
    const auto answer = approve(first);
    ASSERT_FALSE(answer);
    EXPECT_EQ(codes_of(answer.error()), "room_taken");
    EXPECT_EQ(traces(), before);
    const auto& offers = answer.error().alternatives;
    ASSERT_EQ(offers.size(), 5U);
    EXPECT_EQ(shown(offers.front()), "Atelier 2026-12-05T20:30 2026-12-05T22:30");
    ASSERT_TRUE(move(first, offers[0].slot.local_start, offers[0].slot.local_end));
    EXPECT_TRUE(approve(first));
    EXPECT_TRUE(approve(second).error().alternatives.empty()) << "of another state";
}

TEST_P(Alternatives, OfAHoldKeepItsDeadlineAndOfOneThatIsBookedLeaveItAlone) {
    ASSERT_TRUE(request(wish()));
    auto order = wish();
    order.actor = kOffice;
    order.booker = kCamille;
    const auto answer = write(place_hold, PlaceHold{order, "2026-12-05T17:00"});
    ASSERT_FALSE(answer);
    EXPECT_EQ(codes_of(answer.error()), "room_taken");
    ASSERT_FALSE(answer.error().alternatives.empty());
    for (const Alternative& offer : answer.error().alternatives) {
        EXPECT_GE(offer.slot.local_start, "2026-12-05T17:00");
        const auto held = write(place_hold, PlaceHold{there(order, offer), "2026-12-05T17:00"});
        ASSERT_TRUE(held) << shown(offer);
        ASSERT_TRUE(write(release_hold, HoldChange{kTown, kOffice, held->id, kNow}));
    }
    order.room = kSemanaz;
    const auto held = write(place_hold, PlaceHold{order, "2026-12-05T17:00"}).value();
    rule("length_most_min, teardown_min", "60, 30", 2);
    const auto late = write(book_hold, BookHold{{kTown, kCamille, held.id, kNow}, {}});
    ASSERT_FALSE(late);
    EXPECT_EQ(codes_of(late.error()), "too_long");
    ASSERT_FALSE(late.error().alternatives.empty());
    expect_had(wish(), late.error().alternatives);
}

TEST_P(Alternatives, OfAWaitAreSlotsToBookNow) {
    ASSERT_TRUE(request(wish()));
    auto order = wish();
    order.actor = kAlex;
    order.association = kChess;
    ASSERT_TRUE(write(join_line, order));
    const auto again = write(join_line, order);
    ASSERT_FALSE(again);
    EXPECT_EQ(codes_of(again.error()), "already_waiting");
    EXPECT_EQ(again.error().alternatives.size(), 5U);
    expect_had(order, again.error().alternatives);
    order.attendees = 61;
    const auto crowd = write(join_line, order);
    ASSERT_FALSE(crowd);
    EXPECT_EQ(codes_of(crowd.error()), "over_capacity,already_waiting");
    ASSERT_EQ(crowd.error().alternatives.size(), 1U);
    expect_had(order, crowd.error().alternatives);
    order.room = kSemanaz;
    order.attendees = 12;
    EXPECT_TRUE(write(join_line, order).error().alternatives.empty()) << "it is free itself";
}

}  // namespace
}  // namespace creneau::booking
