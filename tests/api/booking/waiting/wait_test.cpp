#include "tests/api/booking/waiting/waiting_fixture.hpp"

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::booking {
namespace {

using std::chrono::hours;

class Waiting : public WaitingTest {};
CRENEAU_ON_BOTH_ENGINES(Waiting);

TEST_P(Waiting, ACancelledSlotIsHeldForTheFirstInLine) {
    const auto booking = approved();
    const auto first = wait(chess()).value();
    const auto second = wait(dominique()).value();
    EXPECT_EQ(first.ahead, 0);
    EXPECT_EQ(second.ahead, 1);
    ASSERT_TRUE(cancel_now(booking));
    EXPECT_EQ(count("waits WHERE status = 'offered'"), 1);
    EXPECT_NE(offered_to(first.id), HoldId{-1});
    EXPECT_EQ(number("SELECT expires_at FROM holds"),
              (kNow + hours(24)).time_since_epoch().count());
    EXPECT_EQ(text("SELECT template FROM outbox ORDER BY id DESC LIMIT 1"), "wait_offered");
    EXPECT_EQ(number("SELECT person_id FROM outbox ORDER BY id DESC LIMIT 1"), 4);
    EXPECT_EQ(why_not(dominique()), "room_held") << "nobody overtakes";
    ASSERT_TRUE(book(offered_to(first.id), kAlex));
    EXPECT_EQ(text("SELECT status FROM waits ORDER BY id LIMIT 1"), "booked");
    expect_sound();
}

TEST_P(Waiting, AnOfferThatRunsOutGoesToTheNext) {
    const auto booking = approved();
    const auto first = wait(chess()).value();
    const auto second = wait(dominique()).value();
    ASSERT_TRUE(cancel_now(booking));
    tick();
    EXPECT_EQ(count("waits WHERE status = 'offered'"), 1) << "nothing is due";
    now_ += hours(24);
    tick();
    EXPECT_EQ(text("SELECT status FROM waits ORDER BY id LIMIT 1"), "lapsed");
    EXPECT_NE(offered_to(second.id), HoldId{-1});
    EXPECT_EQ(offered_to(first.id), HoldId{-1});
    now_ += hours(24);
    tick();
    EXPECT_EQ(count("waits WHERE status = 'lapsed'"), 2);
    EXPECT_EQ(count("occupancies"), 0);
    EXPECT_EQ(why_not(chess()), "accepted");
}

TEST_P(Waiting, AnOfferOnPaperStandsForItsLetterToComeAndBeAnswered) {
    session_->execute("UPDATE people SET has_email = 0 WHERE id = 4");
    const auto booking = approved();
    ASSERT_TRUE(wait(chess()));
    ASSERT_TRUE(cancel_now(booking));
    EXPECT_EQ(number("SELECT expires_at - placed_at FROM holds"), 6 * 24 * 3600);
    EXPECT_EQ(number("SELECT o.needed_by - h.expires_at FROM outbox o, holds h"
                     " WHERE o.template = 'wait_offered'"),
              0);
    now_ += hours(6 * 24) - std::chrono::seconds(1);
    tick();
    EXPECT_EQ(count("waits WHERE status = 'offered'"), 1);
    now_ += std::chrono::seconds(1);
    tick();
    EXPECT_EQ(count("waits WHERE status = 'lapsed'"), 1);
    EXPECT_EQ(count("outbox WHERE template = 'offer_lapsed' AND needed_by IS NULL"), 1);
}

TEST_P(Waiting, AnOfferOnPaperEndsWithTheNoticeOfTheRoom) {
    session_->execute("UPDATE people SET has_email = 0 WHERE id = 4");
    const auto booking = approved();
    ASSERT_TRUE(wait(chess()));
    now_ = booking.slot.at.start - hours(72);
    ASSERT_TRUE(cancel_now(booking));
    EXPECT_EQ(number("SELECT b.start_at - h.expires_at FROM bookings b, holds h"), 0);
}

TEST_P(Waiting, WhereRequestsDoNotBlockAUsedOfferGoesOnToTheNext) {
    const auto in_open = [](RequestBooking order) {
        order.room = kOpen;
        return order;
    };
    const auto taken = request(in_open(wish_now())).value();
    ASSERT_TRUE(approve(taken));
    const auto first = wait(in_open(chess())).value();
    const auto second = wait(in_open(dominique())).value();
    ASSERT_TRUE(cancel_now(taken));
    const auto asked = book(offered_to(first.id), kAlex).value();
    EXPECT_EQ(asked.status, Status::pending);
    EXPECT_EQ(count("waits WHERE status = 'offered'"), 1);
    EXPECT_EQ(number("SELECT person_id FROM outbox WHERE template = 'wait_offered'"
                     " ORDER BY id DESC LIMIT 1"),
              3);
    EXPECT_EQ(codes_of(approve(asked).error()), "room_held") << "the next may ask first";
    const auto too = book(offered_to(second.id), kDominique).value();
    EXPECT_EQ(count("waits WHERE status = 'booked'"), 2);
    EXPECT_EQ(count("holds WHERE status = 'held'"), 0) << "nobody is left in line";
    EXPECT_EQ(count("occupancies"), 0);
    ASSERT_TRUE(approve(too)) << "the office decides among those who asked";
    EXPECT_EQ(codes_of(approve(asked).error()), "room_taken");
    expect_sound();
}

TEST_P(Waiting, WhereRequestsBlockAUsedOfferIsTheLastWord) {
    const auto booking = approved();
    const auto first = wait(chess()).value();
    ASSERT_TRUE(wait(dominique()));
    ASSERT_TRUE(cancel_now(booking));
    ASSERT_TRUE(book(offered_to(first.id), kAlex));
    EXPECT_EQ(count("waits WHERE status = 'waiting'"), 1);
    EXPECT_EQ(count("outbox WHERE template = 'wait_offered'"), 1);
}

TEST_P(Waiting, WhoeverLetsAnOfferPassIsToldSo) {
    const auto booking = approved();
    ASSERT_TRUE(wait(chess()));
    ASSERT_TRUE(wait(dominique()));
    ASSERT_TRUE(cancel_now(booking));
    EXPECT_EQ(count("outbox WHERE template = 'offer_lapsed'"), 0);
    now_ += hours(24);
    tick();
    tick();
    EXPECT_EQ(number("SELECT person_id FROM outbox WHERE template = 'offer_lapsed'"), 4);
    EXPECT_EQ(count("outbox WHERE template = 'wait_offered'"), 2);
    now_ += hours(24);
    ASSERT_EQ(why_not(chess()), "accepted") << "without a tick in between";
    EXPECT_EQ(count("outbox WHERE template = 'offer_lapsed'"), 2);
}

TEST_P(Waiting, WhoeverComesAfterTheDeadlineDoesNotOvertakeTheNext) {
    const auto booking = approved();
    ASSERT_TRUE(wait(chess()));
    const auto second = wait(dominique()).value();
    ASSERT_TRUE(cancel_now(booking));
    now_ += hours(24);
    EXPECT_EQ(why_not(wish_now()), "room_held") << "without a tick in between";
    tick();
    EXPECT_NE(offered_to(second.id), HoldId{-1});
}

TEST_P(Waiting, EveryWayToFreeASlotOffersIt) {
    struct Case {
        const char* name;
        std::function<Outcome<Booking>(const Booking&)> free;
    };
    const std::vector<Case> cases{
        {"refusal", [this](const Booking& booking) { return refuse_it(booking); }},
        {"cancellation", [this](const Booking& booking) { return cancel(booking); }},
        {"move to another day",
         [this](const Booking& booking) {
             return move(booking, "2026-12-12T18:30", "2026-12-12T20:30");
         }},
        {"move to another room",
         [this](const Booking& booking) {
             return move(booking, "2026-12-05T18:30", "2026-12-05T20:30", kOffice, kSemanaz);
         }},
    };
    for (const Case& row : cases) {
        const auto booking = request(wish()).value();
        const auto waits = wait(chess()).value();
        ASSERT_TRUE(row.free(booking)) << row.name;
        const auto offer = offered_to(waits.id);
        ASSERT_NE(offer, HoldId{-1}) << row.name;
        ASSERT_TRUE(release(offer, kAlex));
    }
    expect_sound();
}

TEST_P(Waiting, AnExpiredHoldIsInNobodysWayWhenASlotFrees) {
    auto next = wish_now();
    next.start = "2026-12-05T20:30";
    next.end = "2026-12-05T21:30";
    const auto booking = request(next).value();
    const auto held = hold().value();
    auto both = chess();
    both.end = "2026-12-05T21:30";
    const auto waits = wait(both).value();
    now_ = held.expires_at;
    const Change change{kTown, kOffice, booking.id, {}, now_};
    ASSERT_TRUE(write(cancel_booking, CancelBooking{change, "other", "Travaux"}));
    EXPECT_NE(offered_to(waits.id), HoldId{-1});
    expect_sound();
}

TEST_P(Waiting, ARemovedClosureOffersWhatItClosed) {
    const auto closure =
        writer_.run([](store::Session& session) { return close_rooms(session, danton_closure()); })
            .value()
            .value();
    const auto waits = wait(chess()).value();
    ASSERT_TRUE(write(remove_closure, RemoveClosure{kTown, kOffice, closure.id, now_}));
    EXPECT_NE(offered_to(waits.id), HoldId{-1});
}

TEST_P(Waiting, AClosurePutsWhoHadATurnBackInLine) {
    const auto booking = approved();
    const auto waits = wait(chess()).value();
    ASSERT_TRUE(cancel_now(booking));
    const auto closure = writer_
                             .run([](store::Session& session) {
                                 return close_rooms(session, danton_closure(MeetPolicy::notify));
                             })
                             .value()
                             .value();
    EXPECT_EQ(text("SELECT status FROM waits"), "waiting");
    ASSERT_TRUE(write(remove_closure, RemoveClosure{kTown, kOffice, closure.id, now_}));
    EXPECT_NE(offered_to(waits.id), HoldId{-1});
    expect_sound();
}

TEST_P(Waiting, OnlyAWholeWishThatIsFreeIsOffered) {
    const auto early = request(wish()).value();
    auto later = wish();
    later.start = "2026-12-05T20:30";
    later.end = "2026-12-05T22:00";
    const auto late = request(later).value();
    auto whole = chess();
    whole.end = "2026-12-05T22:00";
    const auto longer = wait(whole).value();
    const auto shorter = wait(dominique()).value();
    ASSERT_TRUE(cancel_now(early));
    EXPECT_EQ(offered_to(longer.id), HoldId{-1}) << "half of it is taken";
    EXPECT_NE(offered_to(shorter.id), HoldId{-1}) << "the first whose whole wish is free";
    ASSERT_TRUE(release(offered_to(shorter.id), kDominique));
    ASSERT_TRUE(cancel_now(late));
    EXPECT_NE(offered_to(longer.id), HoldId{-1});
}

TEST_P(Waiting, AnOfferEndsWhileTheSlotMayStillBeBooked) {
    session_->execute(
        "INSERT INTO room_rules (room_id, town_id, create_least_min)"
        " VALUES (1, 1, 2880)");
    const auto booking = approved();
    ASSERT_TRUE(wait(chess()));
    now_ = booking.slot.at.start - hours(60);
    ASSERT_TRUE(cancel_now(booking));
    EXPECT_EQ(number("SELECT expires_at FROM holds"),
              (booking.slot.at.start - hours(48)).time_since_epoch().count());
}

TEST_P(Waiting, NobodyIsOfferedWhatTheyCouldNoLongerBook) {
    const auto booking = approved();
    ASSERT_TRUE(wait(chess()));
    session_->execute("DELETE FROM association_managers WHERE person_id = 4");
    const auto second = wait(dominique()).value();
    ASSERT_TRUE(cancel_now(booking));
    EXPECT_NE(offered_to(second.id), HoldId{-1});
    EXPECT_EQ(count("holds"), 1);
}

TEST_P(Waiting, AClosureThatCancelsABookingKeepsItsSlotClosed) {
    const auto order = danton_closure(MeetPolicy::cancel);
    approved();
    ASSERT_TRUE(wait(chess()));
    ASSERT_TRUE(
        writer_.run([=](store::Session& session) { return close_rooms(session, order); }).value());
    EXPECT_EQ(count("holds"), 0) << "the closure has it";
    expect_sound();
}

TEST_P(Waiting, WhatElseSaysNoRefusesTheWaitAndSoDoesAFreeSlot) {
    const auto before = traces();
    EXPECT_EQ(codes_of(wait(chess()).error()), "slot_is_free");
    EXPECT_EQ(traces(), before);
    approved();
    auto order = chess();
    order.attendees = 61;
    EXPECT_EQ(codes_of(wait(order).error()), "over_capacity");
    order = chess();
    order.actor = kGone;
    EXPECT_EQ(wait(order).error().refusal, Refusal::not_allowed);
    order = chess();
    order.booker = kDominique;
    EXPECT_EQ(wait(order).error().refusal, Refusal::not_allowed) << "for somebody else";
    ASSERT_TRUE(wait(chess()));
    EXPECT_EQ(codes_of(wait(chess()).error()), "already_waiting");
    EXPECT_TRUE(wait(dominique()));
}

TEST_P(Waiting, NobodyStandsInMoreLinesThanAFewHundred) {
    const auto booking = approved();
    const auto first = wait(chess()).value();
    const auto copies = [](int from, int until, const std::string& shift) {
        return "INSERT INTO waits (town_id, room_id, association_id, booker_id, requested_by_id,"
               " local_start, local_end, start_at, end_at, attendees, purpose, layout, asked_at)"
               " WITH RECURSIVE n(i) AS (SELECT " +
               std::to_string(from) + " UNION ALL SELECT i + 1 FROM n WHERE i < " +
               std::to_string(until) +
               ") SELECT w.town_id, w.room_id, w.association_id, w.booker_id, w.requested_by_id,"
               " w.local_start, w.local_end, w.start_at" +
               shift + ", w.end_at" + shift +
               ", w.attendees, w.purpose, w.layout, w.asked_at FROM waits w, n WHERE w.id = 1";
    };
    session_->execute(copies(1, 30, " - 31536000 - i * 86400"));  // long past
    session_->execute(copies(2, kMostWaits, " + i * 86400"));
    auto order = chess();
    order.start = "2026-12-05T19:00";
    EXPECT_EQ(codes_of(wait(order).error()), "too_many_waits");
    EXPECT_EQ(codes_of(wait(chess()).error()), "already_waiting,too_many_waits");
    order.attendees = 61;
    EXPECT_EQ(codes_of(wait(order).error()), "over_capacity,too_many_waits");
    order.attendees = 12;
    EXPECT_TRUE(wait(dominique())) << "somebody else";
    ASSERT_TRUE(leave(first.id, kAlex));
    EXPECT_TRUE(wait(order));
    EXPECT_EQ(codes_of(wait(chess()).error()), "too_many_waits");
    session_->execute("UPDATE waits SET in_round = 1 WHERE id = 40");
    EXPECT_TRUE(wait(chess())) << "what a round joined for them is not counted";
}

TEST_P(Waiting, WhoeverLeavesIsNotOfferedAnythingAndPassesAnOfferOn) {
    const auto booking = approved();
    const auto first = wait(chess()).value();
    const auto second = wait(dominique()).value();
    EXPECT_FALSE(leave(first.id, kDominique)) << "not theirs to see";
    ASSERT_TRUE(cancel_now(booking));
    ASSERT_TRUE(leave(first.id, kAlex));
    EXPECT_EQ(text("SELECT status FROM waits ORDER BY id LIMIT 1"), "left");
    EXPECT_NE(offered_to(second.id), HoldId{-1});
    ASSERT_TRUE(leave(second.id, kOffice));
    EXPECT_EQ(count("occupancies"), 0);
    EXPECT_FALSE(leave(second.id, kOffice));
    EXPECT_EQ(count("audit WHERE action = 'wait_left'"), 2);
}

TEST_P(Waiting, EachSeesTheirOwnAndTheOfficeTheLine) {
    approved();
    ASSERT_TRUE(wait(chess()));
    ASSERT_TRUE(wait(dominique()));
    EXPECT_EQ(select_waits(*session_, kTown, {now_, {}, {}}).size(), 2U);
    EXPECT_EQ(select_waits(*session_, kTown, {now_, Reach{kAlex, {}}, {}}).size(), 1U);
    EXPECT_EQ(select_waits(*session_, kTown, {now_, Reach{kMaud, {}}, {}}).size(), 0U);
    EXPECT_EQ(select_waits(*session_, kTown, {now_, {}, kSemanaz}).size(), 0U);
    EXPECT_EQ(select_waits(*session_, kOtherTown, {now_, {}, {}}).size(), 0U);
    const auto after = kNow + hours(24 * 30);
    EXPECT_EQ(select_waits(*session_, kTown, {after, {}, {}}).size(), 0U) << "the slot has begun";
}

}  // namespace
}  // namespace creneau::booking
