#include "api/booking/equipment/equipment_store.hpp"
#include "api/store/doctor_checks.hpp"
#include "tests/api/booking/equipment/equipment_fixture.hpp"
#include "tests/api/booking/waiting/waiting_fixture.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::booking {
namespace {

using Orders = std::vector<EquipmentOrder>;
using std::chrono::hours;

class HeldEquipment : public WaitingTest {
  protected:
    HeldEquipment() { add_equipment(*session_); }

    static RequestBooking with_chairs(RequestBooking order, std::int64_t chairs,
                                      RoomId room = kDanton) {
        order.room = room;
        order.equipment = {{kChairs, chairs}};
        return order;
    }
    /// The office holds wish()'s slot with chairs for Camille until 28 November, noon.
    Outcome<Hold> hold_chairs(std::int64_t chairs, RoomId room = kDanton,
                              const std::string& until = "2026-11-28T12:00") {
        auto order = with_chairs(wish_now(), chairs, room);
        order.actor = kOffice;
        order.booker = kCamille;
        return write(place_hold, PlaceHold{order, until});
    }
    Outcome<Booking> book_with(HoldId hold, Orders equipment) {
        BookHold order{{kTown, kCamille, hold, now_}, {}};
        order.equipment.emplace(std::move(equipment));
        return write(book_hold, order);
    }
    std::int64_t left() {
        const auto slot = Interval{kNow + hours(24 * 14), kNow + hours(24 * 15)};
        std::int64_t taken = 0;
        for (const Taking& one : takings_of(*session_, kTown, {kChairs, slot, now_, {}})) {
            taken += one.quantity;
        }
        return 10 - taken;
    }
    void expect_sound() {
        WaitingTest::expect_sound();
        EXPECT_LE(most_oversold(*session_), 0);
        const auto found = store::check_equipment(*session_, database_.database());
        EXPECT_TRUE(found.healthy) << found.detail;
    }
};
CRENEAU_ON_BOTH_ENGINES(HeldEquipment);

TEST_P(HeldEquipment, IsOffTheStockAndTheRefusalSaysWhatIsLeft) {
    ASSERT_TRUE(hold_chairs(7));
    EXPECT_EQ(left(), 3);
    const auto answer = request(with_chairs(chess(), 4, kSemanaz));
    ASSERT_FALSE(answer);
    EXPECT_EQ(codes_of(answer.error()), "equipment_short");
    EXPECT_NE(answer.error().failures.front().detail.en.find("what is left is 3 on 2026-12-05"),
              std::string::npos);
    EXPECT_EQ(why_not(with_chairs(chess(), 3, kSemanaz)), "accepted");
    expect_sound();
}

TEST_P(HeldEquipment, IsHeldFromSetupToTeardown) {
    session_->execute(
        "INSERT INTO room_rules (room_id, town_id, setup_min, teardown_min) VALUES (1, 1, 60, 30)");
    ASSERT_TRUE(hold_chairs(10));
    auto order = with_chairs(chess(), 1, kSemanaz);
    order.start = "2026-12-05T20:45";
    order.end = "2026-12-05T22:00";
    EXPECT_EQ(why_not(order), "equipment_short");
    order.start = "2026-12-05T21:00";
    EXPECT_EQ(why_not(order), "accepted");
    order.start = "2026-12-05T16:00";
    order.end = "2026-12-05T17:31";
    EXPECT_EQ(why_not(order), "equipment_short");
    order.end = "2026-12-05T17:30";
    EXPECT_EQ(why_not(order), "accepted");
}

TEST_P(HeldEquipment, IsNotHeldWhereItIsShort) {
    ASSERT_TRUE(request(with_chairs(chess(), 7, kSemanaz)));
    const auto before = traces();
    EXPECT_EQ(codes_of(hold_chairs(4).error()), "equipment_short");
    EXPECT_EQ(traces(), before);
    EXPECT_TRUE(hold_chairs(3));
}

TEST_P(HeldEquipment, IsBackWithTheDeadlineAndWithARelease) {
    now_ = hold_chairs(10).value().expires_at;
    EXPECT_EQ(left(), 10) << "its rows are still there";
    EXPECT_EQ(count("equipment_takings"), 1);
    const auto booking = request(with_chairs(chess(), 10, kSemanaz));
    ASSERT_TRUE(booking) << "the write that meets it takes them away";
    expect_sound();
    ASSERT_TRUE(cancel_now(*booking));
    now_ = kNow;
    ASSERT_TRUE(release(hold_chairs(10).value().id, kCamille));
    EXPECT_EQ(count("equipment_takings"), 0);
}

TEST_P(HeldEquipment, IsTheBookingsOnceItIsBooked) {
    const auto held = hold_chairs(10).value();
    const auto booking = book(held.id, kCamille);
    ASSERT_TRUE(booking);
    EXPECT_EQ(orders_of(*session_, kTown, booking->id), (Orders{{kChairs, 10}}));
    EXPECT_EQ(orders_of(*session_, kTown, held.id), (Orders{{kChairs, 10}})) << "it stays known";
    EXPECT_EQ(left(), 0);
    EXPECT_EQ(count("equipment_takings"), 1);
    expect_sound();
}

TEST_P(HeldEquipment, MayBeBookedWithLessOrMore) {
    ASSERT_TRUE(request(with_chairs(chess(), 4, kSemanaz)));
    const auto held = hold_chairs(5).value();
    const auto before = traces();
    EXPECT_EQ(codes_of(book_with(held.id, {{kChairs, 7}}).error()), "equipment_short");
    EXPECT_EQ(traces(), before) << "and still holds";
    EXPECT_EQ(left(), 1);
    const auto more = book_with(held.id, {{kChairs, 6}, {kPiano, 1}});
    ASSERT_TRUE(more);
    EXPECT_EQ(left(), 0);
    ASSERT_TRUE(cancel_now(*more));
    const auto none = book_with(hold_chairs(6).value().id, {});
    ASSERT_TRUE(none);
    EXPECT_TRUE(orders_of(*session_, kTown, none->id).empty());
    EXPECT_EQ(left(), 6);
    expect_sound();
}

TEST_P(HeldEquipment, WhatABookingOfAHoldLeavesIsOffered) {
    const auto held = hold_chairs(10).value();
    const auto waits = wait(with_chairs(chess(), 4, kSemanaz)).value();
    ASSERT_TRUE(book_with(held.id, {{kChairs, 6}}));
    EXPECT_NE(offered_to(waits.id), HoldId{-1});
    expect_sound();
}

TEST_P(HeldEquipment, IsNotOfferedWhileItsHolderBooksIt) {
    const auto held = hold_chairs(6).value();
    const auto other = hold_chairs(4, kSemanaz, "2026-11-27T12:00").value();
    const auto waits = wait(with_chairs(dominique(), 5, kOpen)).value();
    now_ = other.expires_at;
    ASSERT_TRUE(book(held.id, kCamille)) << "another hold expires in the same write";
    EXPECT_EQ(offered_to(waits.id), HoldId{-1}) << "four are left";
    expect_sound();
}

TEST_P(HeldEquipment, IsOfferedWithTheSlotAndTheMailNamesIt) {
    const auto booking = request(with_chairs(wish_now(), 10)).value();
    auto order = with_chairs(chess(), 8);
    order.equipment.push_back({kPiano, 1});
    const auto waits = wait(order).value();
    EXPECT_EQ(waits.claim.equipment, (Orders{{kChairs, 8}, {kPiano, 1}}));
    ASSERT_TRUE(cancel_now(booking));
    const auto offer = offered_to(waits.id);
    ASSERT_NE(offer, HoldId{-1});
    EXPECT_EQ(left(), 2);
    EXPECT_EQ(orders_of(*session_, kTown, offer), (Orders{{kChairs, 8}, {kPiano, 1}}));
    const auto facts =
        nlohmann::json::parse(text("SELECT facts FROM outbox ORDER BY id DESC LIMIT 1"));
    EXPECT_EQ(facts["hold"]["equipment"],
              nlohmann::json::parse(R"([{"name": "Chaises", "quantity": 8},
                                        {"name": "Piano", "quantity": 1}])"));
    ASSERT_TRUE(book(offer, kAlex));
    EXPECT_EQ(left(), 2);
    expect_sound();
}

TEST_P(HeldEquipment, PromotionPassesOverWhoeverLacksItAndKeepsTheirPlace) {
    const auto elsewhere = request(with_chairs(dominique(), 4, kSemanaz)).value();
    const auto booking = approved();
    const auto first = wait(with_chairs(chess(), 8)).value();
    const auto second = wait(dominique()).value();
    ASSERT_TRUE(cancel_now(booking));
    EXPECT_EQ(offered_to(first.id), HoldId{-1}) << "six are left";
    EXPECT_NE(offered_to(second.id), HoldId{-1});
    ASSERT_TRUE(cancel_now(elsewhere));
    EXPECT_EQ(offered_to(first.id), HoldId{-1}) << "the slot is somebody's turn";
    ASSERT_TRUE(release(offered_to(second.id), kDominique));
    EXPECT_NE(offered_to(first.id), HoldId{-1});
    expect_sound();
}

TEST_P(HeldEquipment, ThatComesBackElsewhereIsOfferedToWhoeverWaitsForIt) {
    const auto booking = request(with_chairs(wish_now(), 8)).value();
    const auto waits = wait(with_chairs(chess(), 4, kSemanaz)).value();
    MoveBooking less{change_of(booking, kCamille), {}, "2026-12-05T18:30", "2026-12-05T20:30"};
    less.equipment.emplace(Orders{{kChairs, 7}});
    ASSERT_TRUE(write(move_booking, less));
    EXPECT_EQ(offered_to(waits.id), HoldId{-1}) << "three are left";
    less.change = change_of(booking, kCamille);
    less.equipment.emplace(Orders{{kChairs, 6}});
    ASSERT_TRUE(write(move_booking, less));
    EXPECT_NE(offered_to(waits.id), HoldId{-1});
    expect_sound();
}

TEST_P(HeldEquipment, IsNotWaitedForWhereThereIsNeverEnough) {
    ASSERT_TRUE(request(with_chairs(wish_now(), 8)));
    EXPECT_EQ(codes_of(wait(with_chairs(chess(), 11, kSemanaz)).error()), "equipment_short");
    EXPECT_EQ(codes_of(wait(with_chairs(chess(), 2, kSemanaz)).error()), "slot_is_free");
    auto tables = chess();
    tables.equipment = {{kTables, 1}};
    EXPECT_EQ(codes_of(wait(tables).error()), "equipment_elsewhere");
    EXPECT_TRUE(wait(with_chairs(chess(), 3, kSemanaz)));
}

TEST_P(HeldEquipment, ComesBackWhereAClosureTakesTheRoom) {
    const auto held = hold_chairs(6).value();
    const auto waits = wait(with_chairs(chess(), 5, kSemanaz)).value();
    ASSERT_TRUE(writer_
                    .run([](store::Session& session) {
                        return close_rooms(session, danton_closure(MeetPolicy::notify));
                    })
                    .value());
    EXPECT_EQ(text("SELECT status FROM holds WHERE id = " +
                   std::to_string(static_cast<std::int64_t>(held.id))),
              "released");
    EXPECT_NE(offered_to(waits.id), HoldId{-1});
    expect_sound();
}

TEST_P(HeldEquipment, OfABookingThatAClosureCancelsIsOffered) {
    ASSERT_TRUE(request(with_chairs(wish_now(), 6)));
    const auto waits = wait(with_chairs(chess(), 5, kSemanaz)).value();
    ASSERT_TRUE(writer_
                    .run([](store::Session& session) {
                        return close_rooms(session, danton_closure(MeetPolicy::cancel));
                    })
                    .value());
    EXPECT_NE(offered_to(waits.id), HoldId{-1});
    expect_sound();
}

}  // namespace
}  // namespace creneau::booking
