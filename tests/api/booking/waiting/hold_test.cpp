#include "api/booking/holds/hold_store.hpp"
#include "api/booking/schedule.hpp"
#include "tests/api/booking/waiting/waiting_fixture.hpp"

#include <chrono>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::booking {
namespace {

using std::chrono::hours;

class Holds : public WaitingTest {};
CRENEAU_ON_BOTH_ENGINES(Holds);

TEST_P(Holds, ASlotIsKeptAndTheRefusalSaysUntilWhenButNotForWhom) {
    const auto held = hold();
    ASSERT_TRUE(held);
    const auto answer = request(chess());
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().refusal, Refusal::room_held);
    EXPECT_EQ(codes_of(answer.error()), "room_held");
    EXPECT_EQ(answer.error().failures.front().detail.en,
              "This slot is held until 2026-11-28 12:00: try again after that, or join the "
              "waiting list.");
    EXPECT_FALSE(answer.error().alternatives.empty());
    EXPECT_EQ(text("SELECT template FROM outbox"), "hold_placed");
    EXPECT_EQ(number("SELECT person_id FROM outbox"), 2);
    const auto facts = nlohmann::json::parse(text("SELECT facts FROM outbox"));
    EXPECT_EQ(facts["hold"]["until"], "2026-11-28T12:00");
    EXPECT_EQ(text("SELECT action FROM audit"), "hold_placed");
    EXPECT_EQ(number("SELECT for_id FROM audit"), 2);
    expect_sound();
}

TEST_P(Holds, OfASiteAreReadAlone) {
    const auto danton = hold().value();
    auto order = wish_now();
    order.actor = kOffice;
    order.booker = kCamille;
    order.room = kSemanaz;
    const auto semanaz = write(place_hold, PlaceHold{order, "2026-11-28T12:00"}).value();
    HoldQuery query;
    query.now = now_;
    EXPECT_EQ(select_holds(*session_, kTown, query).size(), 2U);
    query.site = SiteId{1};
    ASSERT_EQ(select_holds(*session_, kTown, query).size(), 1U);
    EXPECT_EQ(select_holds(*session_, kTown, query).front().id, danton.id);
    query.site = SiteId{2};
    ASSERT_EQ(select_holds(*session_, kTown, query).size(), 1U);
    EXPECT_EQ(select_holds(*session_, kTown, query).front().id, semanaz.id);
    EXPECT_TRUE(select_holds(*session_, kOtherTown, query).empty());
}

TEST_P(Holds, TheTimeToClearTheRoomAfterItIsKeptToo) {
    session_->execute("INSERT INTO room_rules (room_id, town_id, teardown_min) VALUES (1, 1, 30)");
    ASSERT_TRUE(hold());
    auto after = chess();
    after.start = "2026-12-05T20:30";
    after.end = "2026-12-05T21:30";
    EXPECT_EQ(why_not(after), "buffer_taken");
}

TEST_P(Holds, ItsHolderBooksIt) {
    const auto held = hold().value();
    EXPECT_FALSE(book(held.id, kAlex)) << "a stranger does not see it";
    const auto booking = book(held.id, kCamille);
    ASSERT_TRUE(booking);
    EXPECT_EQ(booking->booker, kCamille);
    EXPECT_EQ(text("SELECT status FROM holds"), "booked");
    EXPECT_EQ(number("SELECT booking_id FROM holds"), static_cast<std::int64_t>(booking->id));
    EXPECT_EQ(count("occupancies"), 1);
    EXPECT_FALSE(book(held.id, kCamille)) << "once";
    expect_sound();
}

TEST_P(Holds, AnotherManagerOrTheOfficeBooksItToo) {
    const auto first = hold().value();
    const auto by_manager = book(first.id, kMaud);
    ASSERT_TRUE(by_manager);
    EXPECT_EQ(by_manager->booker, kMaud);
    ASSERT_TRUE(cancel_now(*by_manager));
    const auto second = hold().value();
    const auto by_office = book(second.id, kOffice);
    ASSERT_TRUE(by_office);
    EXPECT_EQ(by_office->booker, kCamille);
    EXPECT_EQ(by_office->requested_by, kOffice);
}

TEST_P(Holds, AfterItsDeadlineNobodySeesIt) {
    const auto held = hold().value();
    now_ = held.expires_at;
    const Interval slot = held.claim.slot.at;
    EXPECT_EQ(busy_times(*session_, kTown, kDanton, slot, {now_ - hours(1)}).size(), 1U);
    EXPECT_TRUE(busy_times(*session_, kTown, kDanton, slot, {now_}).empty());
    EXPECT_EQ(count("occupancies"), 1) << "its rows are still there";
    EXPECT_FALSE(book(held.id, kCamille));
    const auto booking = request(chess());
    ASSERT_TRUE(booking) << "the write that meets it takes them away";
    EXPECT_EQ(text("SELECT status FROM holds"), "expired");
    EXPECT_EQ(count("audit WHERE action = 'hold_expired' AND actor_id IS NULL"), 1);
    EXPECT_EQ(number("SELECT person_id FROM outbox WHERE template = 'hold_expired'"),
              static_cast<std::int64_t>(kCamille))
        << "once, to whom it was held for";
    EXPECT_EQ(count("outbox WHERE template = 'offer_lapsed'"), 0) << "it was nobody's turn";
    EXPECT_EQ(count("occupancies WHERE source_kind = 'booking'"), 1);
    expect_sound();
}

TEST_P(Holds, EveryWriteThatTakesSpacesPassesAnExpiredHold) {
    auto other_day = wish_now();
    other_day.start = "2026-12-09T18:30";
    other_day.end = "2026-12-09T20:30";
    const auto elsewhere = request(other_day).value();
    now_ = hold().value().expires_at;
    EXPECT_TRUE(write(
        move_booking,
        MoveBooking{
            {kTown, kOffice, elsewhere.id, {}, now_}, {}, "2026-12-05T18:30", "2026-12-05T20:30"}));
    expect_sound();
}

TEST_P(Holds, AReleasedHoldFreesTheSlotAndItsHolderHears) {
    const auto held = hold().value();
    EXPECT_FALSE(release(held.id, kAlex));
    ASSERT_TRUE(release(held.id, kOffice));
    EXPECT_EQ(count("occupancies"), 0);
    EXPECT_EQ(count("outbox WHERE template = 'hold_withdrawn'"), 1);
    EXPECT_FALSE(release(held.id, kOffice));
    ASSERT_TRUE(release(hold().value().id, kCamille));
    EXPECT_EQ(count("outbox WHERE template = 'hold_withdrawn'"), 1) << "who gives up knows";
    EXPECT_EQ(why_not(chess()), "accepted");
}

TEST_P(Holds, OneThatWasUsedOrGivenUpNeverExpires) {
    const auto given_up = hold().value();
    ASSERT_TRUE(release(given_up.id, kOffice));
    const auto used = hold().value();
    ASSERT_TRUE(book(used.id, kCamille));
    now_ = used.expires_at;
    tick();
    EXPECT_EQ(count("holds WHERE status = 'expired'"), 0);
    EXPECT_EQ(count("outbox WHERE template = 'hold_expired'"), 0);
}

TEST_P(Holds, TheClockTellsOfAnExpiredOneOnce) {
    now_ = hold().value().expires_at - std::chrono::seconds(1);
    tick();
    EXPECT_EQ(count("outbox WHERE template = 'hold_expired'"), 0);
    now_ += std::chrono::seconds(1);
    tick();
    tick();
    EXPECT_EQ(count("outbox WHERE template = 'hold_expired'"), 1);
    const auto facts =
        nlohmann::json::parse(text("SELECT facts FROM outbox WHERE template = 'hold_expired'"));
    EXPECT_EQ(facts["hold"]["until"], "2026-11-28T12:00");
    EXPECT_NE(facts["help_contact"], "");
}

TEST_P(Holds, OnlyTheOfficePlacesThemAndOnlyUntilTheSlotBegins) {
    const auto before = traces();
    EXPECT_EQ(hold("2026-11-28T12:00", kCamille).error().refusal, Refusal::not_allowed);
    for (const char* until :
         {"2026-11-21T13:00", "2026-12-05T18:31", "tomorrow", "2026-02-30T12:00"}) {
        EXPECT_EQ(codes_of(hold(until).error()), "bad_deadline") << until;
    }
    auto order = wish_now();
    order.actor = kOffice;
    order.booker = kCamille;
    order.attendees = 61;
    order.purpose = "";
    EXPECT_EQ(codes_of(write(place_hold, PlaceHold{order, ""}).error()),
              "bad_deadline,over_capacity,purpose_missing");
    EXPECT_EQ(traces(), before);
    EXPECT_TRUE(hold("2026-12-05T18:30"));
}

TEST_P(Holds, StandNoLongerThanTheirSlotMayBeBooked) {
    session_->execute(
        "INSERT INTO room_rules (room_id, town_id, create_least_min) VALUES (1, 1, 2880)");
    // Two days before Saturday 5 December, 18:30.
    EXPECT_EQ(codes_of(hold("2026-12-03T18:31").error()), "bad_deadline");
    const auto held = hold("2026-12-03T18:30").value();
    now_ = held.expires_at - std::chrono::seconds(1);
    EXPECT_TRUE(book(held.id, kCamille)) << "to its last moment";
}

TEST_P(Holds, AClosureEndsThemWithAMail) {
    ASSERT_TRUE(hold());
    auto order = danton_closure();
    const auto close = [&] {
        return writer_.run([=](store::Session& session) { return close_rooms(session, order); })
            .value();
    };
    EXPECT_EQ(codes_of(close().error().error), "meets_bookings");
    order.meets = MeetPolicy::notify;
    ASSERT_TRUE(close());
    EXPECT_EQ(text("SELECT status FROM holds"), "released");
    EXPECT_EQ(text("SELECT template FROM outbox ORDER BY id DESC LIMIT 1"), "hold_withdrawn");
    EXPECT_EQ(number("SELECT end_at - start_at FROM occupancies"), 48 * 3600);
    expect_sound();
}

}  // namespace
}  // namespace creneau::booking
