#include "tests/api/booking/town_fixture.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <string>
#include <thread>
#include <vector>

namespace creneau::booking {
namespace {

class QuotaRace : public TownTest {
  protected:
    /// Each of `rooms` is asked for at once, over two writers; answers how many requests got in.
    int winners_of(const std::vector<RoomId>& rooms, const RequestBooking& order) {
        store::Writer other(database_.database(), {.limits = {}, .town_id = 1, .report = {}});
        std::barrier start(static_cast<std::ptrdiff_t>(rooms.size()));
        std::atomic<int> winners = 0;
        std::atomic<int> refused = 0;
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < rooms.size(); ++i) {
            threads.emplace_back([&, i] {
                auto own = order;
                own.room = rooms[i];
                start.arrive_and_wait();
                const auto answer =
                    (i % 2 == 0 ? writer_ : other).run([&own](store::Session& session) {
                        return request_booking(session, own);
                    });
                winners += answer && *answer ? 1 : 0;
                refused += answer && !*answer && codes_of(answer->error()) == "quota_exceeded";
            });
        }
        threads.clear();
        EXPECT_EQ(winners + refused, static_cast<int>(rooms.size()));
        return winners;
    }
};
CRENEAU_ON_BOTH_ENGINES(QuotaRace);

TEST_P(QuotaRace, TheLastPlaceOfAQuotaGoesToOneOfMany) {
    session_->execute(
        "INSERT INTO quotas (id, town_id, key, name, holder, unit, most, period)"
        " VALUES (1, 1, 'day', 'Un par jour', 'each', 'bookings', 1, 'day')");
    auto order = wish();
    for (int day = 10; day < 30; ++day) {
        order.start = "2026-12-" + std::to_string(day) + "T18:30";
        order.end = "2026-12-" + std::to_string(day) + "T20:30";
        EXPECT_EQ(winners_of({kDanton, kSemanaz, kSmall, kOpen}, order), 1);
    }
    EXPECT_EQ(number("SELECT COUNT(*) FROM bookings"), 20);
}

}  // namespace
}  // namespace creneau::booking
