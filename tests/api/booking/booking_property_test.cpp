#include "api/booking/list_bookings.hpp"
#include "tests/api/booking/town_fixture.hpp"
#include "tests/support/any_in.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include <soci/soci.h>

namespace creneau::booking {
namespace {

enum class Act { request, approve, refuse, cancel, move };

/// One step of a story: what is done, to which booking, where and when.
struct Step {
    Act act = Act::request;
    std::size_t which = 0;
    RoomId room{};
    int start = 0;   ///< hours after 5 December 2026, 08:00
    int length = 1;  ///< hours
};

void showValue(const Step& step, std::ostream& out) {
    out << "act " << static_cast<int>(step.act) << " of " << step.which << ", room "
        << static_cast<std::int64_t>(step.room) << ", hour " << step.start << '+' << step.length;
}

std::string hour(int after) {
    const int of_day = 8 + after;
    return "2026-12-05T" + std::string(of_day < 10 ? "0" : "") + std::to_string(of_day) + ":00";
}

std::vector<int> spaces_of(RoomId room) {
    if (room == kHall) {
        return {3, 4};
    }
    return {room == kOpen ? 5 : static_cast<int>(room)};
}

bool pending_blocks(RoomId room) {
    return room != kOpen;
}

using Occupation = std::tuple<std::int64_t, int, std::int64_t, std::int64_t>;

/// What the bookings of a story should occupy, reckoned by the plainest means.
class Oracle {
  public:
    std::vector<Booking> bookings;

    std::set<Occupation> occupations() const {
        std::set<Occupation> all;
        for (const Booking& booking : bookings) {
            if (occupies(booking.status, pending_blocks(booking.room))) {
                for (const int space : spaces_of(booking.room)) {
                    all.emplace(static_cast<std::int64_t>(booking.id), space,
                                booking.slot.at.start.time_since_epoch().count(),
                                booking.slot.at.end.time_since_epoch().count());
                }
            }
        }
        return all;
    }
    bool has_overlap() const {
        const auto all = occupations();
        return std::ranges::any_of(all, [&](const Occupation& one) {
            return std::ranges::any_of(all, [&](const Occupation& other) {
                return std::get<0>(one) != std::get<0>(other) &&
                       std::get<1>(one) == std::get<1>(other) &&
                       std::get<2>(one) < std::get<3>(other) &&
                       std::get<2>(other) < std::get<3>(one);
            });
        });
    }
    /// Whether `changed` could take the place of its former self, or join, without an overlap. Even
    /// one that would not block while it waits is refused where somebody is already.
    bool has_place_for(Booking changed) const {
        changed.status = Status::approved;
        Oracle next = *this;
        std::erase_if(next.bookings, [&](const Booking& old) { return old.id == changed.id; });
        next.bookings.push_back(changed);
        return !next.has_overlap();
    }
};

/// A town and the stories told to it.
class BookingStories : public TownTest {
  protected:
    /// Each story begins with nothing booked.
    void begin() {
        if (session_->transaction_state() != store::TransactionState::none) {
            session_->execute("ROLLBACK");
        }
        session_->execute("BEGIN");
        oracle_ = {};
    }

    void tell(const Step& step) {
        if (step.act == Act::request) {
            ask(step);
        } else if (!oracle_.bookings.empty()) {
            change(step, oracle_.bookings[step.which % oracle_.bookings.size()]);
        }
        check();
    }

  private:
    static RequestBooking order_of(const Step& step) {
        auto order = wish();
        order.room = step.room;
        order.start = hour(step.start);
        order.end = hour(step.start + step.length);
        return order;
    }

    void ask(const Step& step) {
        const auto answer = request_booking(*session_, order_of(step));
        Booking expected;
        expected.id = BookingId{-1};
        expected.room = step.room;
        expected.status = step.room == kSmall ? Status::approved : Status::pending;
        expected.slot = slot_of(step);
        RC_ASSERT(answer.has_value() == oracle_.has_place_for(expected));
        if (answer) {
            oracle_.bookings.push_back(*answer);
        }
    }

    void change(const Step& step, Booking& booking) {
        const auto answer = write_change(step, booking);
        Booking expected = booking;
        const bool waits = booking.status == Status::pending;
        const bool lives = waits || booking.status == Status::approved;
        bool allowed = lives;
        switch (step.act) {
            case Act::approve:
                expected.status = Status::approved;
                allowed = waits && oracle_.has_place_for(expected);
                break;
            case Act::refuse:
                expected.status = Status::refused;
                allowed = waits;
                break;
            case Act::move:
                expected.room = step.room;
                expected.slot = slot_of(step);
                expected.status = step.room == kSmall ? Status::approved : booking.status;
                allowed = lives && oracle_.has_place_for(expected);
                break;
            case Act::request:
            case Act::cancel:
                expected.status = Status::cancelled;
                break;
        }
        RC_ASSERT(answer.has_value() == allowed);
        if (answer) {
            // A move onto the very same place changes nothing, not even the status.
            RC_ASSERT(answer->status == expected.status || answer->slot == booking.slot);
            booking = *answer;
        }
    }

    Outcome<Booking> write_change(const Step& step, const Booking& booking) {
        const Change change = change_of(booking, kOffice);
        switch (step.act) {
            case Act::approve:
                return approve_booking(*session_, change);
            case Act::refuse:
                return refuse_booking(*session_, {change, "property_management", ""});
            case Act::move:
                return move_booking(*session_, {change, step.room, hour(step.start),
                                                hour(step.start + step.length)});
            case Act::request:
            case Act::cancel:
                break;
        }
        return cancel_booking(*session_, {change_of(booking, kCamille), "", ""});
    }

    static Slot slot_of(const Step& step) {
        // December: Paris is an hour ahead of UTC.
        const std::chrono::sys_seconds start{
            std::chrono::sys_days{std::chrono::year{2026} / 12 / 5} +
            std::chrono::hours{7 + step.start}};
        return {hour(step.start),
                hour(step.start + step.length),
                {start, start + std::chrono::hours{step.length}}};
    }

    void check() {
        RC_ASSERT(!oracle_.has_overlap());
        constexpr std::size_t kEnough = 100;
        std::vector<std::int64_t> sources(kEnough);
        std::vector<std::int64_t> spaces(kEnough);
        std::vector<std::int64_t> starts(kEnough);
        std::vector<std::int64_t> ends(kEnough);
        session_->sql() << "SELECT source_id, space_id, start_at, end_at FROM occupancies",
            soci::into(sources), soci::into(spaces), soci::into(starts), soci::into(ends);
        std::set<Occupation> stored;
        for (std::size_t i = 0; i < sources.size(); ++i) {
            stored.emplace(sources[i], static_cast<int>(spaces[i]), starts[i], ends[i]);
        }
        RC_ASSERT(stored == oracle_.occupations());
        check_access();
    }

    void check_access() {
        std::int64_t windows = 0;
        std::int64_t living = 0;
        for (const Booking& booking : oracle_.bookings) {
            const bool is_approved = booking.status == Status::approved;
            windows += is_approved && (booking.room == kDanton || booking.room == kSemanaz) ? 1 : 0;
            living += is_approved && booking.room == kDanton ? 1 : 0;
        }
        RC_ASSERT(number("SELECT COUNT(*) FROM access_windows") == windows);
        RC_ASSERT(number("SELECT COUNT(*) FROM credentials WHERE revoked_at IS NULL") == living);
        RC_ASSERT(number("SELECT COUNT(*) FROM outbox") ==
                  number("SELECT COUNT(*) FROM audit WHERE actor_id IS NOT NULL"));
    }

    Oracle oracle_;
};
CRENEAU_ON_BOTH_ENGINES(BookingStories);

rc::Gen<Step> any_step() {
    return rc::gen::apply(
        [](int act, std::size_t which, int room, int start, int length) {
            return Step{static_cast<Act>(act), which, RoomId{room}, start, length};
        },
        support::any_in(0, 5), support::any_in<std::size_t>(0, 20), support::any_in(1, 6),
        support::any_in(0, 10), support::any_in(1, 5));
}

TEST_P(BookingStories, OccupyExactlyWhatTheirStatusSaysAndNeverOverlap) {
    EXPECT_TRUE(rc::check([this] {
        const auto steps = *rc::gen::resize(30, rc::gen::container<std::vector<Step>>(any_step()));
        begin();
        for (const Step& step : steps) {
            tell(step);
        }
    }));
}

}  // namespace
}  // namespace creneau::booking
