#include "api/booking/closures/close_rooms.hpp"
#include "api/booking/closures/remove_closure.hpp"
#include "api/booking/occupancy_store.hpp"
#include "api/store/doctor_checks.hpp"
#include "tests/api/booking/closures/closure_order.hpp"
#include "tests/api/booking/town_fixture.hpp"
#include "tests/support/any_in.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <chrono>
#include <cstddef>
#include <ostream>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace creneau::booking {
namespace {

enum class Act { book, cancel, notify, close_and_cancel, open };

struct Step {
    Act act = Act::book;
    std::size_t which = 0;
    bool whole = false;  ///< the hall, not its half
    int start = 0;       ///< hour of 5 December 2026
    int length = 1;
};

void showValue(const Step& step, std::ostream& out) {
    out << "act " << static_cast<int>(step.act) << " of " << step.which
        << (step.whole ? ", hall " : ", half ") << step.start << '+' << step.length;
}

std::string hour(int of_day) {
    return "2026-12-05T" + std::string(of_day < 10 ? "0" : "") + std::to_string(of_day) + ":00";
}

/// A booking or closure as hours of the two halves, by the plainest means.
struct Block {
    std::set<std::pair<int, int>> cells;
    BookingId booking{};
    ClosureId closure{};
    bool stands = true;
};

Block block_of(const Step& step) {
    Block block;
    for (int at = step.start; at < step.start + step.length; ++at) {
        block.cells.insert({3, at});
        if (step.whole) {
            block.cells.insert({4, at});
        }
    }
    return block;
}

bool meet(const Block& one, const Block& other) {
    for (const auto& cell : one.cells) {
        if (other.cells.contains(cell)) {
            return true;
        }
    }
    return false;
}

class ClosureProperty : public TownTest {
  protected:
    bool is_free(const Block& wanted) const {
        for (const auto* blocks : {&bookings_, &closures_}) {
            for (const Block& block : *blocks) {
                if (block.stands && meet(block, wanted)) {
                    return false;
                }
            }
        }
        return true;
    }

    void book(const Step& step) {
        auto order = wish();
        order.room = step.whole ? kHall : kSmall;
        order.start = hour(step.start);
        order.end = hour(step.start + step.length);
        auto block = block_of(step);
        const auto answer = request_booking(*session_, order);
        RC_ASSERT(answer.has_value() == is_free(block));
        if (answer) {
            block.booking = answer->id;
            bookings_.push_back(block);
        }
    }

    void close(const Step& step) {
        auto order =
            danton_closure(step.act == Act::notify ? MeetPolicy::notify : MeetPolicy::cancel);
        order.room = step.whole ? kHall : kSmall;
        order.start = hour(step.start);
        order.end = hour(step.start + step.length);
        auto block = block_of(step);
        const auto answer = close_rooms(*session_, order);
        RC_ASSERT(answer.has_value());
        block.closure = answer->id;
        for (Block& booking : bookings_) {
            booking.stands =
                booking.stands && !(step.act == Act::close_and_cancel && meet(booking, block));
        }
        closures_.push_back(block);
    }

    void end(std::vector<Block>& blocks, const Step& step) {
        if (blocks.empty()) {
            return;
        }
        Block& block = blocks[step.which % blocks.size()];
        const bool done =
            step.act == Act::cancel
                ? cancel_booking(*session_,
                                 {{kTown, kOffice, block.booking, {}, kNow}, "other", ""})
                      .has_value()
                : remove_closure(*session_, {kTown, kOffice, block.closure, kNow}).has_value();
        RC_ASSERT(done == block.stands);
        block.stands = false;
    }

    void take(const Step& step) {
        switch (step.act) {
            case Act::book:
                book(step);
                return;
            case Act::notify:
            case Act::close_and_cancel:
                close(step);
                return;
            case Act::cancel:
                end(bookings_, step);
                return;
            case Act::open:
                end(closures_, step);
                return;
        }
    }

    /// Every hour of both halves is taken if and only if a booking or a closure has it.
    void compare() {
        for (const int space : {3, 4}) {
            for (int at = 0; at < 24; ++at) {
                Block cell;
                cell.cells.insert({space, at});
                const auto start = std::chrono::sys_days{std::chrono::year{2026} / 12 / 5} +
                                   std::chrono::hours(at - 1);
                const auto busy = select_busy(*session_, SpaceId{space},
                                              {start, start + std::chrono::hours(1)}, {kNow});
                RC_ASSERT(busy.empty() == is_free(cell));
            }
        }
        RC_ASSERT(store::check_occupancies(*session_, database_.database()).healthy);
        RC_ASSERT(store::check_overlaps(*session_, database_.database()).healthy);
    }

    std::vector<Block> bookings_;
    std::vector<Block> closures_;
};
CRENEAU_ON_BOTH_ENGINES(ClosureProperty);

rc::Gen<Step> steps() {
    return rc::gen::build<Step>(
        rc::gen::set(&Step::act, rc::gen::element(Act::book, Act::book, Act::cancel, Act::notify,
                                                  Act::close_and_cancel, Act::open)),
        rc::gen::set(&Step::which, support::any_in<std::size_t>(0, 10)),
        rc::gen::set(&Step::whole, rc::gen::arbitrary<bool>()),
        rc::gen::set(&Step::start, support::any_in(0, 18)),
        rc::gen::set(&Step::length, support::any_in(1, 6)));
}

TEST_P(ClosureProperty, ASpaceIsTakenIfAndOnlyIfABookingOrAClosureHasIt) {
    EXPECT_TRUE(rc::check([this] {
        const auto story = *rc::gen::scale(0.3, rc::gen::container<std::vector<Step>>(steps()));
        if (session_->transaction_state() != store::TransactionState::none) {
            session_->execute("ROLLBACK");  // the story before
        }
        session_->execute("BEGIN");
        bookings_.clear();
        closures_.clear();
        for (const Step& step : story) {
            take(step);
        }
        compare();
    }));
}

}  // namespace
}  // namespace creneau::booking
