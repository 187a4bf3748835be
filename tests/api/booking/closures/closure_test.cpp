#include "api/booking/closures/close_rooms.hpp"
#include "api/booking/closures/closure_store.hpp"
#include "api/booking/closures/plan_closure.hpp"
#include "api/booking/closures/remove_closure.hpp"
#include "api/booking/schedule.hpp"
#include "api/store/doctor_checks.hpp"
#include "tests/api/booking/closures/closure_order.hpp"
#include "tests/api/booking/town_fixture.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::booking {
namespace {

class Closures : public TownTest {
  protected:
    tl::expected<Closure, ClosureRefusal> close(CloseRooms order) {
        return writer_.run([=](store::Session& session) { return close_rooms(session, order); })
            .value();
    }
    Closure closed(CloseRooms order) {
        auto closure = close(std::move(order));
        EXPECT_TRUE(closure.has_value());
        return closure.value_or(Closure{});
    }
    Outcome<Closure> remove(ClosureId closure, PersonId actor = kOffice) {
        return write(remove_closure, RemoveClosure{kTown, actor, closure, kNow});
    }
    /// A request for kDanton on 5 December between these hours.
    Outcome<Booking> ask(const std::string& from, const std::string& until, RoomId room = kDanton) {
        auto order = wish();
        order.room = room;
        order.start = "2026-12-05T" + from;
        order.end = "2026-12-05T" + until;
        return request(order);
    }
    std::string why_not(const std::string& from, const std::string& until, RoomId room = kDanton) {
        const auto answer = ask(from, until, room);
        return answer ? "accepted" : codes_of(answer.error());
    }
    std::string mails() {
        return text("SELECT COALESCE((SELECT template FROM outbox ORDER BY id DESC LIMIT 1), '')");
    }
    void expect_sound() {
        const auto found = store::check_occupancies(*session_, database_.database());
        EXPECT_TRUE(found.healthy) << found.detail;
    }
};
CRENEAU_ON_BOTH_ENGINES(Closures);

TEST_P(Closures, ARefusalSaysUntilWhenAndWhyAndOffersOtherSlots) {
    closed(danton_closure());
    const auto answer = ask("18:30", "20:30");
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().refusal, Refusal::room_closed);
    ASSERT_EQ(codes_of(answer.error()), "room_closed");
    const auto& detail = answer.error().failures.front().detail;
    EXPECT_EQ(detail.fr,
              "Fermé jusqu'au 2026-12-07 08:00 (travaux : Reprise du parquet) : choisissez un "
              "créneau avant le 2026-12-05 08:00 ou après.");
    EXPECT_EQ(detail.en,
              "Closed until 2026-12-07 08:00 (works: Reprise du parquet): choose a slot before "
              "2026-12-05 08:00 or after it.");
    EXPECT_FALSE(answer.error().alternatives.empty());
    EXPECT_EQ(why_not("06:00", "08:00"), "accepted") << "half-open: it closes at 08:00";
    EXPECT_EQ(why_not("07:00", "09:00"), "room_taken,room_closed");
}

TEST_P(Closures, WhatItMeetsStaysWithANotice) {
    const auto kept = approved();
    const auto closure = closed(danton_closure(MeetPolicy::notify));
    EXPECT_EQ(number("SELECT COUNT(*) FROM occupancies WHERE source_kind = 'closure'"), 2)
        << "before and after the booking";
    EXPECT_EQ(number("SELECT CAST(SUM(end_at - start_at) AS BIGINT) FROM occupancies"), 48 * 3600);
    EXPECT_EQ(text("SELECT status FROM bookings"), "approved");
    EXPECT_EQ(number("SELECT COUNT(*) FROM credentials WHERE revoked_at IS NULL"), 1);
    EXPECT_EQ(mails(), "booking_closure");
    const auto facts =
        nlohmann::json::parse(text("SELECT facts FROM outbox ORDER BY id DESC LIMIT 1"));
    EXPECT_EQ(facts["closure"]["reason"], "Reprise du parquet");
    EXPECT_EQ(facts["booking_id"], static_cast<std::int64_t>(kept.id));
    EXPECT_EQ(text("SELECT action FROM audit ORDER BY id DESC LIMIT 1"), "closure_created");
    EXPECT_EQ(text("SELECT ground FROM audit ORDER BY id DESC LIMIT 1"), "");
    expect_sound();
}

TEST_P(Closures, WhatItMeetsIsCancelledWithAMailAndItsPassRevoked) {
    approved();
    const auto before = number("SELECT COUNT(*) FROM outbox");
    closed(danton_closure(MeetPolicy::cancel));
    EXPECT_EQ(text("SELECT status FROM bookings"), "cancelled");
    EXPECT_EQ(text("SELECT ground FROM bookings"), "room_out_of_use");
    EXPECT_EQ(text("SELECT ground_text FROM bookings"), "Reprise du parquet");
    EXPECT_EQ(number("SELECT COUNT(*) FROM credentials WHERE revoked_at IS NULL"), 0);
    EXPECT_EQ(number("SELECT COUNT(*) FROM access_windows"), 0);
    EXPECT_EQ(number("SELECT COUNT(*) FROM outbox"), before + 1);
    EXPECT_EQ(mails(), "booking_cancelled");
    EXPECT_EQ(number("SELECT end_at - start_at FROM occupancies"), 48 * 3600);
    expect_sound();
}

TEST_P(Closures, UnderRefuseNothingIsWrittenAndTheBookingsAreListed) {
    const auto booking = approved();
    const auto before = traces();
    const auto answer = close(danton_closure());
    ASSERT_FALSE(answer);
    EXPECT_EQ(codes_of(answer.error().error), "meets_bookings");
    ASSERT_EQ(answer.error().met.size(), 1U);
    EXPECT_EQ(answer.error().met.front().booking.id, booking.id);
    EXPECT_EQ(traces(), before);
}

TEST_P(Closures, APreviewListsWhatTheCommitMeetsAndOnlyReads) {
    const auto booking = approved();
    const auto before = traces();
    const auto plan = plan_closure(*session_, danton_closure());
    ASSERT_TRUE(plan);
    EXPECT_EQ(traces(), before);
    ASSERT_EQ(plan->met.size(), 1U);
    EXPECT_EQ(plan->met.front().booking.id, booking.id);
    EXPECT_TRUE(refusal_of(*plan, MeetPolicy::refuse));
    EXPECT_FALSE(refusal_of(*plan, MeetPolicy::notify));
    EXPECT_EQ(plan->closure.spaces, std::vector{SpaceId{1}});
}

TEST_P(Closures, AFreedSlotOfAClosedRoomIsNotFree) {
    const auto booking = approved();
    const auto pending = ask("10:00", "12:00").value();
    closed(danton_closure(MeetPolicy::notify));
    ASSERT_TRUE(cancel(booking));
    EXPECT_EQ(why_not("18:30", "20:30"), "room_closed");
    ASSERT_TRUE(refuse_it(pending));
    EXPECT_EQ(why_not("10:00", "12:00"), "room_closed");
    EXPECT_EQ(number("SELECT CAST(SUM(end_at - start_at) AS BIGINT) FROM occupancies"), 48 * 3600);
    expect_sound();
}

TEST_P(Closures, ABookingThatMovesAwayLeavesAClosedRoomBehind) {
    const auto booking = approved();
    closed(danton_closure(MeetPolicy::notify));
    const auto shorter = move(booking, "2026-12-05T18:30", "2026-12-05T19:30");
    ASSERT_TRUE(shorter) << "within what it had";
    EXPECT_EQ(why_not("19:30", "20:30"), "room_closed");
    const auto later = move(*shorter, "2026-12-05T18:45", "2026-12-05T19:45");
    ASSERT_FALSE(later);
    EXPECT_EQ(codes_of(later.error()), "room_closed");
    ASSERT_TRUE(move(*shorter, "2026-12-10T18:30", "2026-12-10T19:30"));
    EXPECT_EQ(why_not("18:30", "19:30"), "room_closed");
    const auto back = move(*shorter, "2026-12-05T18:30", "2026-12-05T19:30");
    EXPECT_FALSE(back);
    expect_sound();
}

TEST_P(Closures, ARemovedClosureFreesItsRowsAndAnotherOneTakesThem) {
    const auto first = closed(danton_closure());
    auto longer = danton_closure();
    longer.start = "2026-12-05T12:00";
    longer.kind = ClosureKind::own_use;
    longer.reason = "Élections";
    const auto second = closed(longer);
    ASSERT_TRUE(remove(first.id));
    EXPECT_EQ(why_not("09:00", "11:00"), "accepted");
    EXPECT_EQ(why_not("18:30", "20:30"), "room_closed");
    expect_sound();
    ASSERT_TRUE(remove(second.id));
    EXPECT_EQ(why_not("18:30", "20:30"), "accepted");
    EXPECT_EQ(number("SELECT COUNT(*) FROM occupancies WHERE source_kind = 'closure'"), 0);
    EXPECT_FALSE(remove(second.id)) << "it no longer stands";
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE action = 'closure_removed'"), 2);
}

TEST_P(Closures, ASiteClosesAllItsRoomsAndASpaceTheRoomsItIsPartOf) {
    auto site = danton_closure();
    site.room.reset();
    site.site = SiteId{2};
    const auto whole = closed(site);
    EXPECT_EQ(why_not("18:30", "20:30", kHall), "room_closed");
    EXPECT_EQ(why_not("18:30", "20:30", kSemanaz), "room_closed");
    EXPECT_EQ(why_not("18:30", "20:30", kDanton), "accepted");
    ASSERT_TRUE(remove(whole.id));
    auto half = danton_closure();
    half.room.reset();
    half.spaces = {SpaceId{4}};
    closed(half);
    EXPECT_EQ(why_not("18:30", "20:30", kHall), "room_closed");
    EXPECT_EQ(why_not("18:30", "20:30", kSmall), "accepted") << "the other half";
}

TEST_P(Closures, AKeptRequestThatDoesNotBlockTakesItsSlotWhenItIsApproved) {
    const auto request = ask("18:30", "20:30", kOpen).value();
    const auto beside = ask("20:00", "22:00", kOpen).value();
    auto order = danton_closure(MeetPolicy::notify);
    order.room = kOpen;
    ASSERT_EQ(plan_closure(*session_, order)->met.size(), 2U) << "they are met nevertheless";
    const auto closure = closed(order);
    EXPECT_EQ(why_not("18:30", "20:30", kOpen), "room_closed") << "what is new is not kept";
    EXPECT_EQ(number("SELECT COUNT(*) FROM occupancies"), 1);
    ASSERT_TRUE(approve(request));
    EXPECT_EQ(number("SELECT COUNT(*) FROM occupancies"), 3) << "before, the booking, after";
    EXPECT_EQ(number("SELECT CAST(SUM(end_at - start_at) AS BIGINT) FROM occupancies"), 48 * 3600);
    expect_sound();
    const auto answer = approve(beside);
    ASSERT_FALSE(answer);
    EXPECT_EQ(codes_of(answer.error()), "room_taken");
    ASSERT_TRUE(remove(closure.id));
    EXPECT_EQ(number("SELECT COUNT(*) FROM occupancies"), 1);
    expect_sound();
}

TEST_P(Closures, AnApprovalInsideSeveralClosuresLeavesEachItsPart) {
    const auto request = ask("18:30", "20:30", kOpen).value();
    auto first = danton_closure(MeetPolicy::notify);
    first.room = kOpen;
    first.end = "2026-12-05T19:00";
    auto second = first;
    second.start = "2026-12-05T19:00";
    second.end = "2026-12-06T08:00";
    closed(first);
    closed(second);
    ASSERT_TRUE(approve(request));
    EXPECT_EQ(number("SELECT COUNT(*) FROM occupancies"), 3);
    EXPECT_EQ(number("SELECT CAST(SUM(end_at - start_at) AS BIGINT) FROM occupancies"), 24 * 3600);
    expect_sound();
}

TEST_P(Closures, SendsAwayWhoIsThere) {
    const auto booking = approved();
    auto order = danton_closure(MeetPolicy::cancel);
    order.now = booking.slot.at.start + std::chrono::minutes(5);
    closed(order);
    EXPECT_EQ(text("SELECT status FROM bookings"), "cancelled");
    EXPECT_EQ(number("SELECT COUNT(*) FROM credentials WHERE revoked_at IS NULL"), 0);
    EXPECT_EQ(mails(), "booking_cancelled");
    expect_sound();
}

TEST_P(Closures, AKeptRequestCanStillBeApproved) {
    const auto request = ask("18:30", "20:30").value();
    closed(danton_closure(MeetPolicy::notify));
    EXPECT_TRUE(approve(request));
    expect_sound();
}

TEST_P(Closures, OnlyTheOfficeClosesAndOpens) {
    const auto before = traces();
    for (const PersonId person : {kCamille, kAlex, kGone, kOtherOffice}) {
        auto order = danton_closure();
        order.actor = person;
        const auto answer = close(order);
        ASSERT_FALSE(answer);
        EXPECT_EQ(answer.error().error.refusal, Refusal::not_allowed);
    }
    EXPECT_EQ(traces(), before);
    const auto closure = closed(danton_closure());
    EXPECT_FALSE(remove(closure.id, kCamille));
    EXPECT_FALSE(remove(closure.id, kOtherOffice));
    EXPECT_TRUE(remove(closure.id));
}

TEST_P(Closures, EveryFailingRuleIsToldAtOnceAndNothingIsWritten) {
    struct Case {
        const char* name;
        void (*spoil)(CloseRooms&);
        const char* codes;
    };
    const std::vector<Case> cases{
        {"no place", [](CloseRooms& order) { order.room.reset(); }, "bad_place"},
        {"two places", [](CloseRooms& order) { order.site = SiteId{1}; }, "bad_place"},
        {"another town's room", [](CloseRooms& order) { order.room = kOtherRoom; }, "unknown_room"},
        {"another town's site",
         [](CloseRooms& order) {
             order.room.reset();
             order.site = SiteId{9};
         },
         "unknown_site"},
        {"spaces of two sites",
         [](CloseRooms& order) {
             order.room.reset();
             order.spaces = {SpaceId{1}, SpaceId{2}};
         },
         "unknown_space"},
        {"over already",
         [](CloseRooms& order) {
             order.start = "2026-11-01T08:00";
             order.end = "2026-11-02T08:00";
         },
         "in_the_past"},
        {"backwards and without a reason",
         [](CloseRooms& order) {
             order.end = order.start;
             order.reason = " ";
         },
         "end_before_start,text_needed"},
        {"too much to say", [](CloseRooms& order) { order.reason = std::string(1001, 'a'); },
         "text_too_long"},
    };
    const auto before = traces();
    for (const Case& row : cases) {
        auto order = danton_closure();
        row.spoil(order);
        const auto answer = close(order);
        ASSERT_FALSE(answer) << row.name;
        EXPECT_EQ(codes_of(answer.error().error), row.codes) << row.name;
        EXPECT_EQ(traces(), before) << row.name;
    }
    EXPECT_TRUE(close(danton_closure()));
}

TEST_P(Closures, ARoomCanCloseFromNowOn) {
    auto order = danton_closure();
    order.start = "2026-11-21T00:00";
    ASSERT_TRUE(close(order));
    EXPECT_EQ(why_not("18:30", "20:30"), "room_closed");
}

TEST_P(Closures, BusyTimesCountItAndASightWithoutClosuresDoesNot) {
    approved();
    closed(danton_closure(MeetPolicy::notify));
    const auto start = std::chrono::sys_days{std::chrono::year{2026} / 12 / 5};
    const Interval range{start, start + std::chrono::hours(24)};
    EXPECT_EQ(busy_times(*session_, kTown, kDanton, range, {kNow}).size(), 1U);
    const auto booked = busy_times(*session_, kTown, kDanton, range, {kNow, false});
    ASSERT_EQ(booked.size(), 1U);
    EXPECT_EQ(booked.front().end - booked.front().start, std::chrono::hours(2));
}

}  // namespace
}  // namespace creneau::booking
