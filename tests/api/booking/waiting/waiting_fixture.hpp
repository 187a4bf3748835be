#pragma once

#include "api/booking/closures/close_rooms.hpp"
#include "api/booking/closures/remove_closure.hpp"
#include "api/booking/holds/expire_holds.hpp"
#include "api/booking/holds/place_hold.hpp"
#include "api/booking/holds/use_hold.hpp"
#include "api/booking/waiting/join_line.hpp"
#include "api/booking/waiting/wait_store.hpp"
#include "api/store/doctor_checks.hpp"
#include "tests/api/booking/closures/closure_order.hpp"
#include "tests/api/booking/town_fixture.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>

namespace creneau::booking {

/// A town in which slots are held and waited for, at `now_`.
class WaitingTest : public TownTest {
  protected:
    RequestBooking wish_now() const {
        auto order = wish();
        order.now = now_;
        return order;
    }
    /// The chess club's manager wants what wish() wants.
    RequestBooking chess() const {
        auto order = wish_now();
        order.actor = kAlex;
        order.association = kChess;
        return order;
    }
    /// An individual does.
    RequestBooking dominique() const {
        auto order = wish_now();
        order.actor = kDominique;
        order.association.reset();
        return order;
    }

    Outcome<Wait> wait(RequestBooking order) { return write(join_line, std::move(order)); }
    Outcome<Wait> leave(WaitId wait, PersonId actor) {
        return write(leave_line, LeaveLine{kTown, actor, wait, now_});
    }
    /// The office holds wish()'s slot for Camille until 28 November, noon.
    Outcome<Hold> hold(const std::string& until = "2026-11-28T12:00", PersonId actor = kOffice) {
        auto order = wish_now();
        order.actor = actor;
        order.booker = kCamille;
        return write(place_hold, PlaceHold{order, until});
    }
    Outcome<Booking> book(HoldId hold, PersonId actor) {
        return write(book_hold, BookHold{{kTown, actor, hold, now_}});
    }
    Outcome<Hold> release(HoldId hold, PersonId actor) {
        return write(release_hold, HoldChange{kTown, actor, hold, now_});
    }
    Outcome<Booking> cancel_now(const Booking& booking) {
        return write(cancel_booking,
                     CancelBooking{{kTown, kOffice, booking.id, {}, now_}, "other", ""});
    }
    void tick() {
        store::Readers readers(database_.database(), 1);
        expire_holds(readers, writer_, kTown, now_);
    }
    std::string why_not(RequestBooking order) {
        const auto answer = request(std::move(order));
        return answer ? "accepted" : codes_of(answer.error());
    }
    std::int64_t count(const std::string& table_and_condition) {
        return number("SELECT COUNT(*) FROM " + table_and_condition);
    }
    HoldId offered_to(WaitId wait) {
        return HoldId{number("SELECT id FROM holds WHERE status = 'held' AND wait_id = " +
                             std::to_string(static_cast<std::int64_t>(wait)))};
    }
    void expect_sound() {
        const auto found = store::check_occupancies(*session_, database_.database());
        EXPECT_TRUE(found.healthy) << found.detail;
    }

    std::chrono::sys_seconds now_ = kNow;
};

}  // namespace creneau::booking
