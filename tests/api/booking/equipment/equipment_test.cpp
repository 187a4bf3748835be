#include "api/booking/equipment/equipment_store.hpp"
#include "api/booking/series/decide_series.hpp"
#include "api/booking/series/edit_series.hpp"
#include "api/booking/view_store.hpp"
#include "tests/api/booking/equipment/equipment_fixture.hpp"
#include "tests/api/booking/series_fixture.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace creneau::booking {
namespace {

class EquipmentTest : public SeriesTest {
  protected:
    EquipmentTest() { add_equipment(*session_); }

    static RequestBooking taking(std::vector<EquipmentOrder> equipment, RoomId room = kDanton) {
        auto order = wish();
        order.room = room;
        order.equipment = std::move(equipment);
        return order;
    }
    /// Somebody else's chairs, at the time of wish() in another room.
    Booking chess_takes(std::int64_t chairs, RoomId room = kSemanaz) {
        auto order = taking({{kChairs, chairs}}, room);
        order.actor = kAlex;
        order.association = kChess;
        return request(order).value();
    }
    std::int64_t taken(EquipmentId equipment = kChairs) {
        return number(
            "SELECT CAST(COALESCE(SUM(quantity), 0) AS BIGINT) FROM equipment_takings"
            " WHERE equipment_id = " +
            std::to_string(static_cast<std::int64_t>(equipment)));
    }
    /// "3 3 0", by date.
    std::string chairs(SeriesId series) {
        std::string chairs;
        for (const BookingView& view : select_views_of(*session_, kTown, series)) {
            std::int64_t here = 0;
            for (const EquipmentOrder& order : orders_of(*session_, kTown, view.booking.id)) {
                here += order.id == kChairs ? order.quantity : 0;
            }
            chairs += (chairs.empty() ? "" : " ") + std::to_string(here);
        }
        return chairs;
    }
    template <class Attempt>
    std::string refused(const Attempt& attempt) {
        const auto before = traces();
        const auto answer = attempt();
        EXPECT_FALSE(answer);
        EXPECT_EQ(traces(), before);
        return answer ? "" : codes_of(answer.error());
    }
    void buffers(int room, int setup, int teardown) {
        session_->execute(
            "INSERT INTO room_rules (town_id, room_id, setup_min, teardown_min)"
            " VALUES (1, " +
            std::to_string(room) + ", " + std::to_string(setup) + ", " + std::to_string(teardown) +
            ")");
    }
    Outcome<Booking> move_taking(const Booking& booking, std::vector<EquipmentOrder> equipment,
                                 PersonId actor = kCamille) {
        MoveBooking order{change_of(booking, actor), {}, "2026-12-05T18:30", "2026-12-05T20:30"};
        order.equipment.emplace(std::move(equipment));
        return write(move_booking, order);
    }
    ChangeSeries change_of_series(SeriesId series) {
        return {kTown, kOffice, series, Scope::all, "", kNow};
    }
};
CRENEAU_ON_BOTH_ENGINES(EquipmentTest);

TEST_P(EquipmentTest, IsTakenByABookingAndShownOnIt) {
    const auto booking = request(taking({{kPiano, 1}, {kChairs, 4}})).value();
    const auto lines = equipment_lines(*session_, kTown, booking.id);
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[0].name, "Chaises");
    EXPECT_TRUE(lines[0].is_movable);
    EXPECT_EQ(lines[1].order, (EquipmentOrder{kPiano, 1}));
    EXPECT_EQ(taken(), 4);
}

TEST_P(EquipmentTest, RefusesWhatIsShortNamingTheDateAndWhatIsLeft) {
    chess_takes(7);
    EXPECT_EQ(refused([&] { return request(taking({{kChairs, 4}})); }), "equipment_short");
    const auto answer = request(taking({{kChairs, 4}}));
    EXPECT_NE(answer.error().failures.front().detail.en.find("what is left is 3 on 2026-12-05"),
              std::string::npos);
    EXPECT_TRUE(request(taking({{kChairs, 3}})));
}

TEST_P(EquipmentTest, AnswersShortagesTogetherWithAllOtherRules) {
    chess_takes(10);
    auto order = taking({{kChairs, 1}, {kTables, 1}, {kOtherChairs, 1}, {kPiano, 2}});
    order.attendees = 1000;
    order.purpose = "";
    EXPECT_EQ(refused([&] { return request(order); }),
              "over_capacity,equipment_elsewhere,unknown_equipment,equipment_short,"
              "equipment_short,purpose_missing");
}

TEST_P(EquipmentTest, IsAskedForOnceAndAtLeastOneOfIt) {
    EXPECT_EQ(refused([&] { return request(taking({{kChairs, 1}, {kChairs, 2}})); }),
              "equipment_twice");
    EXPECT_EQ(refused([&] { return request(taking({{kChairs, 0}})); }), "bad_quantity");
    EXPECT_EQ(refused([&] { return request(taking({{kChairs, -1}})); }), "bad_quantity");
    const auto booking = request(taking({{kChairs, 1}})).value();
    EXPECT_EQ(refused([&] { return move_taking(booking, {{kChairs, 2}, {kChairs, 2}}); }),
              "equipment_twice");
    EXPECT_EQ(refused([&] { return move_taking(booking, {{kChairs, 0}}); }), "bad_quantity");
    EXPECT_EQ(taken(), 1);
}

TEST_P(EquipmentTest, ThatIsShortIsOfferedWhenOrWhereItIsNot) {
    const auto instead = [&](const RequestBooking& order) {
        const auto offers = request(order).error().alternatives;
        for (const Alternative& offer : offers) {
            auto other = order;
            other.room = offer.room;
            other.start = offer.slot.local_start;
            other.end = offer.slot.local_end;
            const auto booking = request(other);
            EXPECT_TRUE(booking) << other.start;
            EXPECT_TRUE(booking && cancel(*booking, kOffice, "weather_alert"));
        }
        return offers;
    };
    chess_takes(7);
    EXPECT_EQ(instead(taking({{kChairs, 4}})).size(), 3U) << "other days, not other rooms";
    EXPECT_EQ(instead(taking({{kChairs, 11}})).size(), 0U) << "there are only ten";
    EXPECT_EQ(instead(taking({{kPiano, 1}}, kOpen)).front().room, kDanton);
}

TEST_P(EquipmentTest, IsTakenFromSetupToTeardown) {
    buffers(2, 60, 30);
    auto chess = taking({{kChairs, 10}}, kSemanaz);  // 18:30 to 20:30, chairs 17:30 to 21:00
    request(chess).value();
    auto order = taking({{kChairs, 1}});
    order.start = "2026-12-05T20:45";
    order.end = "2026-12-05T22:00";
    EXPECT_EQ(refused([&] { return request(order); }), "equipment_short");
    order.start = "2026-12-05T16:00";
    order.end = "2026-12-05T17:31";
    EXPECT_EQ(refused([&] { return request(order); }), "equipment_short");
    order.end = "2026-12-05T17:30";
    EXPECT_TRUE(request(order));
    order.start = "2026-12-05T21:00";
    order.end = "2026-12-05T22:00";
    EXPECT_TRUE(request(order));
}

TEST_P(EquipmentTest, ComesBackWithACancellationOrARefusal) {
    const auto chess = chess_takes(10);
    EXPECT_TRUE(cancel(chess, kAlex));
    EXPECT_EQ(taken(), 0);
    const auto booking = request(taking({{kChairs, 10}})).value();
    EXPECT_TRUE(refuse_it(booking));
    EXPECT_EQ(taken(), 0);
    EXPECT_EQ(orders_of(*session_, kTown, booking.id).size(), 1U) << "what was asked stays known";
}

TEST_P(EquipmentTest, IsJudgedAgainWhenWhatDidNotBlockIsApproved) {
    const auto booking = request(taking({{kChairs, 6}}, kOpen)).value();
    EXPECT_EQ(taken(), 0) << "pending does not block there";
    const auto chess = chess_takes(5);
    EXPECT_EQ(refused([&] { return approve(booking); }), "equipment_short");
    EXPECT_TRUE(cancel(chess, kAlex));
    EXPECT_TRUE(approve(booking));
    EXPECT_EQ(taken(), 6);
}

TEST_P(EquipmentTest, IsKeptForTheBuffersItWasTakenWithWhenRulesChange) {
    const auto first = request(taking({{kChairs, 6}})).value();  // until 20:30
    auto next = taking({{kChairs, 6}}, kSemanaz);
    next.start = "2026-12-05T20:30";
    next.end = "2026-12-05T22:00";
    request(next).value();
    buffers(1, 0, 60);
    const auto approved = approve(first);
    ASSERT_TRUE(approved);
    EXPECT_EQ(taken(), 12);
    const auto shorter = move(*approved, "2026-12-05T18:30", "2026-12-05T20:15");
    ASSERT_TRUE(shorter);
    EXPECT_EQ(taken(), 12);
    EXPECT_EQ(
        refused([&] { return move(*shorter, "2026-12-05T18:30", "2026-12-05T20:30", kCamille); }),
        "equipment_short")
        << "what asks for more is judged by the rules of today";
}

TEST_P(EquipmentTest, MovesWithItsBookingAndIsNotInItsOwnWay) {
    const auto booking = request(taking({{kChairs, 10}})).value();
    EXPECT_TRUE(move(booking, "2026-12-05T19:00", "2026-12-05T21:00"));
    EXPECT_EQ(taken(), 10);
    auto later = taking({{kChairs, 1}}, kSemanaz);
    later.start = "2026-12-06T18:30";
    later.end = "2026-12-06T20:30";
    request(later).value();
    EXPECT_EQ(refused([&] { return move(booking, "2026-12-06T19:00", "2026-12-06T21:00"); }),
              "equipment_short");
    EXPECT_EQ(number("SELECT start_at FROM equipment_takings WHERE quantity = 10"), 1796493600);
}

TEST_P(EquipmentTest, OfAnotherSiteKeepsABookingFromMovingThere) {
    const auto booking = request(taking({{kPiano, 1}})).value();
    EXPECT_EQ(refused([&] {
                  return move(booking, "2026-12-05T18:30", "2026-12-05T20:30", kOffice, kSemanaz);
              }),
              "equipment_elsewhere");
}

TEST_P(EquipmentTest, ChangesByAMoveAndMoreOfItIsDecidedAnew) {
    const auto booking = approve(request(taking({{kChairs, 4}})).value()).value();
    const auto fewer = move_taking(booking, {{kChairs, 2}}).value();
    EXPECT_EQ(fewer.status, Status::approved);
    EXPECT_EQ(taken(), 2);
    const auto more = move_taking(fewer, {{kPiano, 1}, {kChairs, 2}}).value();
    EXPECT_EQ(more.status, Status::pending);
    EXPECT_EQ(taken(kPiano), 1);
    EXPECT_EQ(refused([&] { return move_taking(more, {{kChairs, 11}}); }), "equipment_short");
    EXPECT_EQ(move_taking(more, {}, kOffice).value().status, Status::pending);
    EXPECT_EQ(taken() + taken(kPiano), 0);
}

TEST_P(EquipmentTest, IsNotOfferedWhereItIsShort) {
    auto order = taking({{kChairs, 10}});
    order.start = "2026-12-12T18:30";
    order.end = "2026-12-12T20:30";
    request(order).value();
    auto taken_room = taking({});
    request(taken_room).value();
    const auto answer = request(taking({{kChairs, 1}}));
    ASSERT_FALSE(answer);
    ASSERT_FALSE(answer.error().alternatives.empty());
    for (const Alternative& offer : answer.error().alternatives) {
        EXPECT_FALSE(offer.slot.local_start.starts_with("2026-12-12")) << offer.slot.local_start;
    }
}

TEST_P(EquipmentTest, IsTakenByEveryDateOfASeriesAndShortDatesAreNamed) {
    auto order = taking({{kChairs, 8}}, kSemanaz);
    order.start = "2026-12-12T18:00";
    order.end = "2026-12-12T19:00";
    request(order).value();
    auto series = saturdays();
    series.equipment = {{kChairs, 3}};
    const auto answer = ask(series);
    ASSERT_FALSE(answer);
    EXPECT_EQ(dates_of(answer.error()), "2026-12-12:equipment_short");
    series.conflicts = ConflictPolicy::skip;
    const auto id = ask(series).value();
    EXPECT_EQ(taken(), 8 + 3 * 3);
    EXPECT_EQ(text("SELECT rule FROM series_missed"), "equipment_short");
    EXPECT_TRUE(write(cancel_series, CancelSeries{change_of_series(id), "", ""}));
    EXPECT_EQ(taken(), 8);
}

TEST_P(EquipmentTest, CountsTheDatesOfASeriesAgainstOneAnother) {
    buffers(1, 600, 600);
    auto series = saturdays();
    series.recurrence = {day(2026, 12, 5), Daily{1}, std::nullopt, 2};
    series.start_time = "20:30";
    series.end_time = "08:30";  // 12 hours before the next: their buffers meet
    series.end_day_offset = 1;
    series.equipment = {{kChairs, 6}};
    const auto answer = ask(series);
    ASSERT_FALSE(answer);
    EXPECT_EQ(dates_of(answer.error()), "2026-12-06:equipment_short");
    series.equipment = {{kChairs, 5}};
    EXPECT_TRUE(ask(series));
    EXPECT_LE(most_oversold(*session_), 0);
}

TEST_P(EquipmentTest, IsJudgedAgainByEditsOfASeries) {
    auto series = saturdays();
    series.equipment = {{kChairs, 6}};
    const auto id = ask(series).value();
    auto order = taking({{kChairs, 6}}, kSemanaz);
    order.start = "2026-12-19T21:00";
    order.end = "2026-12-19T22:00";
    request(order).value();
    EditSeries edit;
    edit.change = change_of_series(id);
    edit.start_time = "20:30";
    edit.end_time = "21:30";
    const auto later = write(edit_series, edit);
    ASSERT_FALSE(later);
    EXPECT_EQ(dates_of(later.error()), "2026-12-19:equipment_short");
    edit.equipment.emplace({EquipmentOrder{kChairs, 4}});
    ASSERT_TRUE(write(edit_series, edit));
    EXPECT_EQ(taken(), 6 + 4 * 4);
    EditSeries same;
    same.change = change_of_series(id);
    same.equipment.emplace({EquipmentOrder{kChairs, 4}});
    ASSERT_TRUE(write(edit_series, same));
    EXPECT_EQ(taken(), 6 + 4 * 4) << "what stays as it is keeps its place";
    EXPECT_EQ(count("occupancies"), 5);
}

TEST_P(EquipmentTest, OfADateThatWasGivenItsOwnStaysWhenTheOthersChange) {
    auto series = saturdays();
    series.equipment = {{kChairs, 3}};
    auto id = ask(series).value();
    EditSeries own;
    own.change = change_of_series(id);
    own.change.scope = Scope::one;
    own.change.date = "2026-12-05";
    own.equipment.emplace({EquipmentOrder{kChairs, 7}, EquipmentOrder{kPiano, 1}});
    ASSERT_TRUE(write(edit_series, own));
    EXPECT_EQ(chairs(id), "7 3 3 3");
    EditSeries all;
    all.change = change_of_series(id);
    all.start_time = "18:00";
    ASSERT_TRUE(write(edit_series, all));
    EXPECT_EQ(chairs(id), "7 3 3 3") << "the edit names none";
    all.equipment.emplace({EquipmentOrder{kChairs, 5}});
    ASSERT_TRUE(write(edit_series, all));
    EXPECT_EQ(chairs(id), "7 5 5 5");
    EXPECT_EQ(taken(kPiano), 1);
    all.change.scope = Scope::following;
    all.change.date = "2026-12-05";
    all.equipment.emplace();
    id = write(edit_series, all).value();
    EXPECT_EQ(chairs(id), "7 0 0 0");
    EXPECT_EQ(taken(), 7);
    EXPECT_LE(most_oversold(*session_), 0);
}

TEST_P(EquipmentTest, OfNewDatesIsWhatMostOfTheOthersTake) {
    auto series = saturdays();
    series.equipment = {{kChairs, 3}};
    const auto id = ask(series).value();
    EditSeries edit;
    edit.change = change_of_series(id);
    edit.change.scope = Scope::one;
    edit.change.date = "2026-12-05";
    edit.equipment.emplace();
    ASSERT_TRUE(write(edit_series, edit));
    edit = {};
    edit.change = change_of_series(id);
    edit.count = 6;
    EXPECT_EQ(chairs(write(edit_series, edit).value()), "0 3 3 3 3 3");
}

TEST_P(EquipmentTest, IsJudgedAgainByTheApprovalOfASeries) {
    auto series = saturdays();
    series.room = kOpen;
    series.equipment = {{kChairs, 6}};
    const auto id = ask(series).value();
    chess_takes(5);
    const auto all = write(approve_series, ApproveSeries{change_of_series(id), {}});
    ASSERT_FALSE(all);
    EXPECT_EQ(dates_of(all.error()), "2026-12-05:equipment_short");
    EXPECT_TRUE(write(approve_series, ApproveSeries{change_of_series(id), ConflictPolicy::skip}));
    EXPECT_EQ(taken(), 5 + 3 * 6);
    EXPECT_LE(most_oversold(*session_), 0);
}

TEST_P(EquipmentTest, IsNeverOversoldWhateverPathWritesIt) {
    const auto booking = request(taking({{kChairs, 4}})).value();
    chess_takes(6);
    session_->execute("DELETE FROM equipment_takings WHERE quantity = 4");
    EXPECT_ANY_THROW(session_->execute(
        "INSERT INTO equipment_takings (equipment_id, start_at, source_kind, source_id, end_at,"
        " quantity, town_id) VALUES (1, 1796490000, 'booking', " +
        std::to_string(static_cast<std::int64_t>(booking.id)) + ", 1796499000, 5, 1)"));
    EXPECT_ANY_THROW(session_->execute("UPDATE equipment_takings SET quantity = 1"));
    EXPECT_EQ(taken(), 6);
}

}  // namespace
}  // namespace creneau::booking
