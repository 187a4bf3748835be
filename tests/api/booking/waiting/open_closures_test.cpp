#include "api/booking/closures/open_closures.hpp"

#include "api/booking/closures/close_rooms.hpp"
#include "api/booking/closures/remove_closure.hpp"
#include "tests/api/booking/equipment/equipment_fixture.hpp"
#include "tests/api/booking/waiting/waiting_fixture.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace creneau::booking {
namespace {

constexpr auto kMostInOneWrite = static_cast<int>(kMostAsked);

/// kDanton is closed for works from 5 December, 08:00, for two days, and many wait for it.
class OpenClosures : public WaitingTest {
  protected:
    OpenClosures() { add_equipment(*session_); }

    ClosureId closed(CloseRooms order = danton_closure()) {
        return writer_.run([=](store::Session& session) { return close_rooms(session, order); })
            .value()
            .value()
            .id;
    }
    void remove(ClosureId closure) {
        ASSERT_TRUE(write(remove_closure, RemoveClosure{kTown, kOffice, closure, now_}));
    }
    /// The next write of the clock's tick, by a process that knows nothing of the one before.
    bool open_next() {
        store::Writer another(database_.database(), {.limits = {}, .town_id = 1, .report = {}});
        return another
            .run([this](store::Session& session) -> tl::expected<bool, bool> {
                return open_closure(session, kTown, now_);
            })
            .value()
            .value();
    }
    /// `count` who wait for nothing that can be had: kDanton takes 60 people.
    void crowds(int count) {
        for (int one = 0; one < count; ++one) {
            session_->execute(
                "INSERT INTO waits (town_id, room_id, booker_id, requested_by_id, local_start,"
                " local_end, start_at, end_at, attendees, purpose, layout, asked_at)"
                " VALUES (1, 1, 3, 3, '2026-12-05T10:00', '2026-12-05T11:00', 1796461200,"
                " 1796464800, 61, 'foule', '', 7)");
        }
    }
    static RequestBooking at(RequestBooking order, const std::string& from,
                             const std::string& until) {
        order.start = "2026-12-05T" + from;
        order.end = "2026-12-05T" + until;
        return order;
    }
    std::string status_of(const Wait& wait) {
        return text("SELECT status FROM waits WHERE id = " +
                    std::to_string(static_cast<std::int64_t>(wait.id)));
    }
};
CRENEAU_ON_BOTH_ENGINES(OpenClosures);

TEST_P(OpenClosures, AShortLineIsServedInTheWriteThatRemoves) {
    const auto closure = closed();
    const auto waits = wait(chess()).value();
    remove(closure);
    EXPECT_EQ(status_of(waits), "offered");
    EXPECT_EQ(count("closure_openings"), 0);
    EXPECT_EQ(count("occupancies WHERE source_kind = 'closure'"), 0);
    EXPECT_FALSE(open_next());
    EXPECT_EQ(why_not(at(wish_now(), "21:00", "22:00")), "accepted");
    expect_sound();
}

TEST_P(OpenClosures, ALongLineIsAskedInItsOrderAWriteAtATime) {
    const auto closure = closed();
    const auto early = wait(at(chess(), "09:00", "10:00")).value();
    const auto first = wait(chess()).value();
    crowds(2 * kMostInOneWrite);
    const auto second = wait(dominique()).value();
    const auto late = wait(at(dominique(), "12:00", "13:00")).value();
    remove(closure);
    EXPECT_EQ(status_of(early), "offered");
    EXPECT_EQ(status_of(first), "offered");
    EXPECT_EQ(status_of(late), "waiting") << "too far down the line for one write";
    EXPECT_EQ(why_not(at(wish_now(), "12:00", "13:00")), "room_taken")
        << "nobody overtakes who still waits";
    const auto joined = wait(at(wish_now(), "14:00", "15:00")).value();
    expect_sound();
    EXPECT_TRUE(open_next());
    EXPECT_EQ(status_of(late), "waiting");
    EXPECT_TRUE(open_next());
    EXPECT_EQ(status_of(late), "offered");
    EXPECT_EQ(status_of(second), "waiting") << "the first in line has it";
    EXPECT_EQ(status_of(joined), "offered");
    EXPECT_EQ(count("waits WHERE status = 'offered'"), 4);
    EXPECT_EQ(count("closure_openings"), 0);
    EXPECT_EQ(count("occupancies WHERE source_kind = 'closure'"), 0);
    EXPECT_FALSE(open_next());
    EXPECT_EQ(why_not(at(wish_now(), "21:00", "22:00")), "accepted");
    expect_sound();
}

TEST_P(OpenClosures, TheTickAsksAllThatAreLeft) {
    const auto closure = closed();
    crowds(4 * kMostInOneWrite);
    const auto late = wait(chess()).value();
    remove(closure);
    EXPECT_EQ(status_of(late), "waiting");
    store::Readers readers(database_.database(), 1);
    open_closures(readers, writer_, kTown, now_);
    EXPECT_EQ(status_of(late), "offered");
    EXPECT_EQ(count("closure_openings"), 0);
}

TEST_P(OpenClosures, WhatAnotherClosureIsOverStaysClosed) {
    const auto closure = closed();
    auto noon = danton_closure();
    noon.start = "2026-12-05T12:00";
    noon.end = "2026-12-05T14:00";
    const auto over = closed(noon);
    const auto within = wait(at(chess(), "12:00", "13:00")).value();
    crowds(kMostInOneWrite);
    const auto beside = wait(at(dominique(), "14:00", "15:00")).value();
    remove(closure);
    EXPECT_TRUE(open_next());
    EXPECT_EQ(status_of(within), "waiting");
    EXPECT_EQ(status_of(beside), "offered");
    EXPECT_EQ(why_not(at(wish_now(), "12:00", "13:00")), "room_closed");
    expect_sound();
    remove(over);
    EXPECT_TRUE(open_next());
    EXPECT_EQ(status_of(within), "offered");
    expect_sound();
}

TEST_P(OpenClosures, WhoWasAskedInVainIsAskedAgainWhenTheRestIsThere) {
    auto elsewhere = wish_now();
    elsewhere.room = kSemanaz;
    elsewhere.equipment = {{kChairs, 8}};
    const auto taken = request(elsewhere).value();
    const auto closure = closed();
    auto seated = chess();
    seated.equipment = {{kChairs, 6}};
    const auto early = wait(seated).value();
    crowds(2 * kMostInOneWrite);
    const auto next = wait(dominique()).value();
    remove(closure);
    EXPECT_EQ(status_of(early), "waiting") << "the chairs are taken";
    ASSERT_TRUE(cancel_now(taken));
    EXPECT_EQ(status_of(early), "waiting") << "the room is not open yet";
    while (open_next()) {
    }
    EXPECT_EQ(status_of(early), "offered");
    EXPECT_EQ(status_of(next), "waiting");
    expect_sound();
}

}  // namespace
}  // namespace creneau::booking
