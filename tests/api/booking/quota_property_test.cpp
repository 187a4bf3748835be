#include "tests/api/booking/town_fixture.hpp"
#include "tests/support/any_in.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <string>
#include <vector>

namespace creneau::booking {
namespace {

/// What is asked for: a room, a day of December and whole hours, and whether for the choir.
struct Ask {
    RoomId room{};
    int day = 1;
    int start = 8;
    int length = 1;
    bool for_choir = true;
};

void showValue(const Ask& ask, std::ostream& out) {
    out << static_cast<std::int64_t>(ask.room) << " on " << ask.day << " at " << ask.start << '+'
        << ask.length << (ask.for_choir ? " choir" : "");
}

std::string two(int number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

/// A town with a quota of 5 hours a week over two rooms and of 3 bookings a month everywhere.
class QuotaTown : private FilledTown {
  public:
    QuotaTown() : FilledTown(store::Engine::sqlite) {
        session_->execute(
            "INSERT INTO quotas (id, town_id, key, name, holder, unit, most, period) VALUES"
            " (1, 1, 'week', 'Heures', 'each', 'hours', 5, 'week'),"
            " (2, 1, 'month', 'Fois', 'association', 'bookings', 3, 'month');"
            "INSERT INTO quota_rooms (town_id, quota_id, room_id) VALUES (1, 1, 1), (1, 1, 2)");
    }

    void ask(const Ask& asked) {
        auto order = wish();
        order.room = asked.room;
        order.start = "2026-12-" + two(asked.day) + "T" + two(asked.start) + ":00";
        order.end = "2026-12-" + two(asked.day) + "T" + two(asked.start + asked.length) + ":00";
        if (!asked.for_choir) {
            order.association.reset();
        }
        const auto answer = request(order);
        const std::string codes = answer ? "" : codes_of(answer.error());
        RC_ASSERT((codes.find("quota_exceeded") != std::string::npos) == is_too_much(asked));
        if (answer) {
            kept_.push_back(asked);
            ids_.push_back(*answer);
        }
    }

    void give_back(std::size_t which) {
        if (!kept_.empty()) {
            which %= kept_.size();
            RC_ASSERT(cancel(ids_[which]).has_value());
            kept_.erase(kept_.begin() + static_cast<std::ptrdiff_t>(which));
            ids_.erase(ids_.begin() + static_cast<std::ptrdiff_t>(which));
        }
    }

  private:
    static bool is_counted_by_week(RoomId room) { return room == kDanton || room == kSemanaz; }
    /// 30 November 2026 is a Monday.
    static int week_of(const Ask& asked) { return asked.day / 7; }

    bool is_too_much(const Ask& asked) const {
        int hours = 0;
        int bookings = 0;
        for (const Ask& one : kept_) {
            const bool same_side = one.for_choir == asked.for_choir;
            bookings += same_side ? 1 : 0;
            const bool counts =
                same_side && is_counted_by_week(one.room) && week_of(one) == week_of(asked);
            hours += counts ? one.length : 0;
        }
        const bool over_week = is_counted_by_week(asked.room) && hours + asked.length > 5;
        return over_week || (asked.for_choir && bookings >= 3);
    }

    std::vector<Ask> kept_;
    std::vector<Booking> ids_;
};

rc::Gen<Ask> any_ask() {
    return rc::gen::apply([](int room, int day, int start, int length,
                             bool choir) { return Ask{RoomId{room}, day, start, length, choir}; },
                          support::any_in(1, 5), support::any_in(1, 14), support::any_in(8, 18),
                          support::any_in(1, 4), rc::gen::arbitrary<bool>());
}

TEST(QuotaStories, AreCountedAsFromScratch) {
    EXPECT_TRUE(rc::check([] {
        const auto asks = *rc::gen::scale(0.25, rc::gen::container<std::vector<Ask>>(any_ask()));
        QuotaTown town;
        for (std::size_t i = 0; i < asks.size(); ++i) {
            town.ask(asks[i]);
            if (i % 3 == 2) {
                town.give_back(static_cast<std::size_t>(asks[i].day));
            }
        }
    }));
}

}  // namespace
}  // namespace creneau::booking
