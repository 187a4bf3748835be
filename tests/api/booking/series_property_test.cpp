#include "tests/api/booking/series_fixture.hpp"
#include "tests/support/any_in.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <cstdint>
#include <ostream>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include <soci/soci.h>

namespace creneau::booking {
namespace {

/// A series of `count` dates, `every` days apart.
struct Wish {
    RoomId room{};
    ConflictPolicy conflicts = ConflictPolicy::fail;
    int first = 0;   ///< days after 5 December 2026
    int every = 1;   ///< days
    int count = 1;   ///< dates
    int start = 8;   ///< local hour
    int length = 1;  ///< hours
};

void showValue(const Wish& wish, std::ostream& out) {
    out << word_of(wish.conflicts) << " room " << static_cast<std::int64_t>(wish.room) << " day "
        << wish.first << " every " << wish.every << " times " << wish.count << " at " << wish.start
        << '+' << wish.length;
}

/// One hour of one space on one day.
using Hour = std::tuple<int, int, int>;

std::vector<int> spaces_of(RoomId room) {
    return room == kHall ? std::vector{3, 4} : std::vector{static_cast<int>(room)};
}

/// What is booked, hour by hour: a booking is the set of its hours.
class Oracle {
  public:
    void tell(const Wish& wish) {
        std::vector<std::set<Hour>> free;
        bool any_taken = false;
        for (int at = 0; at < wish.count; ++at) {
            auto hours = hours_of(wish, wish.first + at * wish.every);
            const bool taken = std::ranges::any_of(
                bookings_, [&](const auto& booking) { return meet(booking, hours); });
            any_taken |= taken;
            if (!taken || wish.conflicts == ConflictPolicy::replace) {
                free.push_back(std::move(hours));
            }
        }
        if (any_taken && wish.conflicts == ConflictPolicy::fail) {
            return;
        }
        for (const auto& hours : free) {
            std::erase_if(bookings_, [&](const auto& booking) { return meet(booking, hours); });
        }
        bookings_.insert(bookings_.end(), free.begin(), free.end());
    }
    std::set<Hour> hours() const {
        std::set<Hour> all;
        for (const auto& booking : bookings_) {
            all.insert(booking.begin(), booking.end());
        }
        return all;
    }
    std::size_t bookings() const { return bookings_.size(); }

  private:
    static std::set<Hour> hours_of(const Wish& wish, int day) {
        std::set<Hour> hours;
        for (const int space : spaces_of(wish.room)) {
            for (int hour = wish.start; hour < wish.start + wish.length; ++hour) {
                hours.emplace(space, day, hour);
            }
        }
        return hours;
    }
    static bool meet(const std::set<Hour>& one, const std::set<Hour>& other) {
        return std::ranges::any_of(one, [&](const Hour& hour) { return other.contains(hour); });
    }

    std::vector<std::set<Hour>> bookings_;
};

/// A town and the series asked for in it, each story in a transaction of its own that is undone.
class SeriesStories : public TownTest {
  protected:
    void begin() {
        if (session_->transaction_state() != store::TransactionState::none) {
            session_->execute("ROLLBACK");  // the story before
        }
        session_->execute("BEGIN");
        oracle_ = {};
    }

    void tell(const Wish& wish) {
        oracle_.tell(wish);
        // As the writer does: what is refused is undone.
        session_->execute("SAVEPOINT series");
        if (!request_series(*session_, request_of(wish))) {
            session_->execute("ROLLBACK TO SAVEPOINT series");
        }
        session_->execute("RELEASE SAVEPOINT series");
        RC_ASSERT(hours() == oracle_.hours());
        RC_ASSERT(number("SELECT COUNT(*) FROM bookings WHERE status IN ('pending', 'approved')") ==
                  static_cast<std::int64_t>(oracle_.bookings()));
    }

  private:
    static constexpr LocalDate kFirst{std::chrono::year{2026}, std::chrono::December,
                                      std::chrono::day{5}};

    static std::string hour(int of_day) {
        return (of_day < 10 ? "0" : "") + std::to_string(of_day) + ":00";
    }
    static RequestSeries request_of(const Wish& wish) {
        RequestSeries request;
        request.town = kTown;
        request.actor = kOffice;
        request.booker = kCamille;
        request.association = kChoir;
        request.room = wish.room;
        request.recurrence = {plus_days(kFirst, wish.first), Daily{wish.every}, std::nullopt,
                              wish.count};
        request.start_time = hour(wish.start);
        request.end_time = hour(wish.start + wish.length);
        request.attendees = 5;
        request.purpose = "Répétition";
        request.conflicts = wish.conflicts;
        request.now = kNow;
        return request;
    }
    std::set<Hour> hours() {
        int space = 0;
        long long start = 0;
        long long end = 0;
        // Winter in Paris: one hour ahead of UTC.
        const auto midnight =
            (std::chrono::sys_seconds(std::chrono::sys_days(kFirst)) - std::chrono::hours{1})
                .time_since_epoch()
                .count();
        std::set<Hour> hours;
        soci::statement statement =
            (session_->sql().prepare << "SELECT space_id, start_at, end_at FROM occupancies",
             soci::into(space), soci::into(start), soci::into(end));
        statement.execute();
        while (statement.fetch()) {
            for (auto at = start; at < end; at += 3600) {
                const auto after = (at - midnight) / 3600;
                hours.emplace(space, static_cast<int>(after / 24), static_cast<int>(after % 24));
            }
        }
        return hours;
    }

    Oracle oracle_;
};
CRENEAU_ON_BOTH_ENGINES(SeriesStories);

rc::Gen<Wish> any_wish() {
    return rc::gen::build<Wish>(
        rc::gen::set(&Wish::room, rc::gen::element(kDanton, kSmall, kHall)),
        rc::gen::set(&Wish::conflicts, rc::gen::element(ConflictPolicy::fail, ConflictPolicy::skip,
                                                        ConflictPolicy::replace)),
        rc::gen::set(&Wish::first, support::any_in(0, 15)),
        rc::gen::set(&Wish::every, support::any_in(1, 8)),
        rc::gen::set(&Wish::count, support::any_in(1, 10)),
        rc::gen::set(&Wish::start, support::any_in(8, 12)),
        rc::gen::set(&Wish::length, support::any_in(1, 4)));
}

TEST_P(SeriesStories, OccupyWhatPlainReckoningSays) {
    constexpr int kLongestStory = 15;
    EXPECT_TRUE(rc::check([this] {
        const auto wishes =
            *rc::gen::resize(kLongestStory, rc::gen::container<std::vector<Wish>>(any_wish()));
        begin();
        for (const Wish& wish : wishes) {
            tell(wish);
        }
    }));
}

}  // namespace
}  // namespace creneau::booking
