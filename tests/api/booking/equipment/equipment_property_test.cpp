#include "api/booking/approve_booking.hpp"
#include "api/booking/cancel_booking.hpp"
#include "api/booking/holds/expire_holds.hpp"
#include "api/booking/holds/hold_store.hpp"
#include "api/booking/holds/place_hold.hpp"
#include "api/booking/holds/use_hold.hpp"
#include "api/booking/local_time.hpp"
#include "api/booking/move_booking.hpp"
#include "api/booking/refuse_booking.hpp"
#include "api/booking/request_booking.hpp"
#include "api/booking/waiting/join_line.hpp"
#include "api/booking/waiting/wait_store.hpp"
#include "api/store/doctor_checks.hpp"
#include "tests/api/booking/equipment/equipment_fixture.hpp"
#include "tests/api/booking/town_fixture.hpp"
#include "tests/support/any_in.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <string>
#include <vector>

namespace creneau::booking {
namespace {

/// One step of a story: who asks for what, or what becomes of an earlier booking.
struct Step {
    /// 0 to 3 ask, 4 approve, 5 move, 6 cancel, 7 refuse, 8 hold, 9 wait, 10 book a hold, 11
    /// release one, 12 let half a day go by
    int what = 0;
    RoomId room{};
    int start = 0;  ///< hours after 5 December, 8:00
    int length = 1;
    std::int64_t chairs = 1;
    std::size_t which = 0;
};

void showValue(const Step& step, std::ostream& out) {
    out << step.what << " room " << static_cast<std::int64_t>(step.room) << " at " << step.start
        << '+' << step.length << " chairs " << step.chairs << " which " << step.which;
}

std::string hour(int after) {
    const int hours = 8 + after;
    const int day = 5 + hours / 24;
    const int of_day = hours % 24;
    return std::string("2026-12-") + (day < 10 ? "0" : "") + std::to_string(day) + "T" +
           (of_day < 10 ? "0" : "") + std::to_string(of_day) + ":00";
}

/// Rooms with buffers of their own, ten chairs for all of them. Each story is in a transaction of
/// its own that is undone.
class StockStories : public TownTest {
  protected:
    void begin() {
        if (session_->transaction_state() != store::TransactionState::none) {
            session_->execute("ROLLBACK");  // the story before
        }
        session_->execute("BEGIN");
        kept_.clear();
        now_ = kNow;
        add_equipment(*session_);
        session_->execute(
            "INSERT INTO room_rules (town_id, room_id, setup_min, teardown_min) VALUES"
            " (1, 1, 60, 0), (1, 2, 0, 120), (1, 4, 60, 60)");
    }

    void take(const Step& step) {
        expire();
        if (step.what <= 3) {
            ask(step);
        } else if (step.what >= 8) {
            hold_or_wait(step);
        } else if (!kept_.empty()) {
            change(step, kept_.size() - 1 - step.which % kept_.size());
        }
        RC_ASSERT(most_oversold(*session_) <= 0);
        RC_ASSERT(store::check_equipment(*session_, database_.database()).healthy);
        expire();
        for (const Wait& wait : select_waits(*session_, kTown, {now_, {}, {}})) {
            if (wait.status == WaitStatus::waiting) {
                const auto again = request_of(wait.claim, kTown, wait.claim.booker, now_);
                RC_ASSERT(codes_of(write(join_line, again).error()) == "already_waiting");
            }
        }
    }

  private:
    /// As the writer does: what is refused is undone.
    template <class Order, class Result>
    Outcome<Result> write(Outcome<Result> (*use_case)(store::Session&, const Order&),
                          const Order& order) {
        session_->execute("SAVEPOINT step");
        auto answer = use_case(*session_, order);
        if (!answer) {
            session_->execute("ROLLBACK TO SAVEPOINT step");
        }
        session_->execute("RELEASE SAVEPOINT step");
        return answer;
    }

    /// Whatever has expired by now is gone, and offered to the next.
    void expire() { release_expired(*session_, kTown, now_); }

    static int setup(RoomId room) { return room == kDanton || room == kOpen ? 1 : 0; }
    static int teardown(RoomId room) { return room == kSemanaz ? 2 : room == kOpen ? 1 : 0; }

    /// What others take at most at one hour, counted hour by hour from the bookings.
    std::int64_t taken(const Step& step) {
        std::int64_t most = 0;
        const int last = step.start + step.length + teardown(step.room);
        for (int at = step.start - setup(step.room); at < last; ++at) {
            const auto instant = std::to_string(1796454000 + 3600 * at);  // 8:00 in Paris
            most = std::max(
                most,
                number("SELECT COALESCE(SUM(q.quantity), 0) FROM bookings b"
                       " JOIN booking_equipment q ON q.booking_id = b.id JOIN rooms r"
                       " ON r.id = b.room_id LEFT JOIN room_rules n ON n.room_id = r.id"
                       " WHERE (b.status = 'approved' OR (b.status = 'pending'"
                       " AND r.pending_blocks = 1)) AND b.start_at - 60 * COALESCE(n.setup_min, 0)"
                       " <= " +
                       instant + " AND b.end_at + 60 * COALESCE(n.teardown_min, 0) > " + instant) +
                    number("SELECT COALESCE(SUM(q.quantity), 0) FROM holds h"
                           " JOIN hold_equipment q ON q.hold_id = h.id"
                           " LEFT JOIN room_rules n ON n.room_id = h.room_id"
                           " WHERE h.status = 'held' AND h.start_at - 60 * COALESCE(n.setup_min, 0)"
                           " <= " +
                           instant + " AND h.end_at + 60 * COALESCE(n.teardown_min, 0) > " +
                           instant));
        }
        return most;
    }

    RequestBooking order_of(const Step& step) const {
        auto order = wish();
        order.now = now_;
        order.room = step.room;
        order.start = hour(step.start);
        order.end = hour(step.start + step.length);
        order.equipment = {{kChairs, step.chairs}};
        return order;
    }

    void ask(const Step& step) {
        const auto order = order_of(step);
        const bool is_short = taken(step) + step.chairs > 10;
        const auto answer = write(request_booking, order);
        const std::string codes = answer ? "" : codes_of(answer.error());
        RC_ASSERT((codes.find("equipment_short") != std::string::npos) == is_short);
        if (answer) {
            kept_.push_back(*answer);
        }
    }

    /// What was given up is no more to be chosen, so that giving up is always about something.
    void change(const Step& step, std::size_t at) {
        const Booking booking = kept_[at];
        const auto forget = [&](bool gone) {
            if (gone) {
                kept_.erase(kept_.begin() + static_cast<std::ptrdiff_t>(at));
            }
        };
        switch (step.what) {
            case 4:
                static_cast<void>(write(approve_booking, change_of(booking, kOffice)));
                break;
            case 5:
                static_cast<void>(write(
                    move_booking, MoveBooking{change_of(booking, kOffice), step.room,
                                              hour(step.start), hour(step.start + step.length)}));
                break;
            case 6:
                forget(write(cancel_booking, CancelBooking{change_of(booking, kCamille), "", ""})
                           .has_value());
                break;
            default:
                forget(write(refuse_booking,
                             RefuseBooking{change_of(booking, kOffice), "property_management", ""})
                           .has_value());
        }
    }

    void hold_or_wait(const Step& step) {
        auto order = order_of(step);
        const auto holds = select_holds(*session_, kTown, {now_});
        if (step.what == 8) {
            order.actor = kOffice;
            order.booker = kCamille;
            static_cast<void>(write(
                place_hold,
                PlaceHold{order, local_time_of(now_ + std::chrono::hours(30), "Europe/Paris")}));
        } else if (step.what == 9) {
            static_cast<void>(write(join_line, order));
        } else if (step.what == 12) {
            now_ += std::chrono::hours(now_ < kNow + std::chrono::days(7) ? 12 : 0);
        } else if (!holds.empty()) {
            use(step, holds[step.which % holds.size()]);
        }
    }

    /// Books a hold, with the chairs of the step where its length is odd, or releases it.
    void use(const Step& step, const Hold& hold) {
        const HoldChange change{kTown, kOffice, hold.id, now_};
        if (step.what == 11) {
            RC_ASSERT(write(release_hold, change).has_value());
            return;
        }
        BookHold order{change, {}};
        if (step.length % 2 == 1) {
            order.equipment.emplace({EquipmentOrder{kChairs, step.chairs}});
        }
        const auto booking = write(book_hold, order);
        RC_ASSERT(booking || order.equipment);
        if (booking) {
            kept_.push_back(*booking);
        }
    }

    std::vector<Booking> kept_;  ///< pending or approved, the latest last
    std::chrono::sys_seconds now_ = kNow;
};
CRENEAU_ON_BOTH_ENGINES(StockStories);

rc::Gen<Step> any_step() {
    return rc::gen::apply(
        [](int what, int room, int start, int length, int chairs, std::size_t which) {
            return Step{what, RoomId{room}, start, length, chairs, which};
        },
        rc::gen::element(0, 1, 2, 3, 4, 5, 6, 6, 6, 7, 8, 8, 9, 9, 9, 9, 10, 11, 12),
        support::any_in(1, 5), support::any_in(0, 4), support::any_in(1, 4), support::any_in(3, 10),
        support::any_in<std::size_t>(0, 100));
}

TEST_P(StockStories, AreCountedAsFromScratch) {
    // Long enough that something is short, waited for and freed; PostgreSQL takes its time.
    const int longest = GetParam() == store::Engine::sqlite ? 50 : 25;
    EXPECT_TRUE(rc::check([&] {
        const auto steps =
            *rc::gen::resize(longest, rc::gen::container<std::vector<Step>>(any_step()));
        begin();
        for (const Step& step : steps) {
            take(step);
        }
    }));
}

}  // namespace
}  // namespace creneau::booking
