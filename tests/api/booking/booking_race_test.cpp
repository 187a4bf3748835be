#include "tests/api/booking/series_fixture.hpp"

#include <atomic>
#include <barrier>
#include <thread>
#include <vector>

namespace creneau::booking {
namespace {

constexpr int kThreads = 8;

class BookingRace : public SeriesTest {
  protected:
    /// All threads ask at once, in turn through one of `writers`; answers how many won.
    int winners_of(const std::vector<store::Writer*>& writers, const RequestBooking& order) {
        std::barrier start(kThreads);
        std::atomic<int> winners = 0;
        std::atomic<int> taken = 0;
        std::vector<std::jthread> threads;
        for (int i = 0; i < kThreads; ++i) {
            store::Writer& writer = *writers[static_cast<std::size_t>(i) % writers.size()];
            threads.emplace_back([&] {
                start.arrive_and_wait();
                const auto answer = writer.run(
                    [&](store::Session& session) { return request_booking(session, order); });
                winners += answer && *answer ? 1 : 0;
                taken +=
                    answer && !*answer && answer->error().refusal == Refusal::room_taken ? 1 : 0;
            });
        }
        threads.clear();
        EXPECT_EQ(winners + taken, kThreads) << "everybody gets one of the two answers";
        return winners;
    }
};
CRENEAU_ON_BOTH_ENGINES(BookingRace);

TEST_P(BookingRace, OneOfManyIdenticalRequestsWins) {
    auto order = wish();
    for (int day = 10; day < 30; ++day) {
        order.start = "2026-12-" + std::to_string(day) + "T18:30";
        order.end = "2026-12-" + std::to_string(day) + "T20:30";
        EXPECT_EQ(winners_of({&writer_}, order), 1);
    }
    EXPECT_EQ(number("SELECT COUNT(*) FROM bookings"), 20);
    EXPECT_EQ(number("SELECT COUNT(*) FROM outbox"), 20);
}

TEST_P(BookingRace, OneWinsOverTwoWritersAsOverTwoProcesses) {
    store::Writer other(database_.database(), {.limits = {}, .town_id = 1, .report = {}});
    auto order = wish();
    for (int day = 10; day < 30; ++day) {
        order.start = "2026-12-" + std::to_string(day) + "T18:30";
        order.end = "2026-12-" + std::to_string(day) + "T20:30";
        EXPECT_EQ(winners_of({&writer_, &other}, order), 1);
    }
    EXPECT_EQ(number("SELECT COUNT(*) FROM bookings"), 20);
    EXPECT_EQ(number("SELECT COUNT(*) FROM occupancies"), 20);
}

TEST_P(BookingRace, OneDecisionWinsOverABooking) {
    const auto booking = request(wish()).value();
    std::barrier start(2);
    bool approved_it = false;
    bool refused_it = false;
    {
        const std::jthread yes([&] {
            start.arrive_and_wait();
            approved_it = approve(booking).has_value();
        });
        const std::jthread no([&] {
            start.arrive_and_wait();
            refused_it = refuse_it(booking).has_value();
        });
    }
    EXPECT_NE(approved_it, refused_it);
    EXPECT_EQ(number("SELECT COUNT(*) FROM occupancies"), approved_it ? 1 : 0);
    EXPECT_EQ(number("SELECT COUNT(*) FROM outbox"), 2);
}

TEST_P(BookingRace, ASeriesAndASingleBookingNeverShareADate) {
    store::Writer other(database_.database(), {.limits = {}, .town_id = 1, .report = {}});
    auto series = saturdays();
    auto single = wish();
    for (int round = 0; round < 20; ++round) {
        series.recurrence.first = plus_days(day(2027, 1, 2), 28 * round);
        const auto third = text_of(plus_days(series.recurrence.first, 14));
        single.start = third + "T18:00";
        single.end = third + "T19:00";
        std::barrier start(2);
        bool series_won = false;
        bool single_won = false;
        {
            const std::jthread many([&] {
                start.arrive_and_wait();
                series_won = ask(series).has_value();
            });
            const std::jthread one([&] {
                start.arrive_and_wait();
                single_won = other
                                 .run([&](store::Session& session) {
                                     return request_booking(session, single);
                                 })
                                 .value()
                                 .has_value();
            });
        }
        EXPECT_NE(series_won, single_won);
        EXPECT_EQ(number("SELECT COUNT(*) FROM occupancies"),
                  number("SELECT COUNT(*) FROM bookings"));
        EXPECT_EQ(number("SELECT COUNT(*) FROM outbox"), round + 1);
    }
}

TEST_P(BookingRace, OneOfManyCrossingSeriesWins) {
    store::Writer other(database_.database(), {.limits = {}, .town_id = 1, .report = {}});
    for (int round = 0; round < 10; ++round) {
        std::barrier start(kThreads);
        std::atomic<int> winners = 0;
        std::vector<std::jthread> threads;
        for (int i = 0; i < kThreads; ++i) {
            threads.emplace_back([&, i] {
                auto series = saturdays();
                // Forwards and backwards through the same weeks: every two of them cross.
                series.recurrence.first = plus_days(day(2027, 1, 2), 70 * round + 7 * (i % 4));
                store::Writer& writer = i % 2 == 0 ? writer_ : other;
                start.arrive_and_wait();
                const auto answer = writer.run(
                    [&](store::Session& session) { return request_series(session, series); });
                winners += answer.value() ? 1 : 0;
            });
        }
        threads.clear();
        EXPECT_EQ(winners, 1);
        EXPECT_EQ(number("SELECT COUNT(*) FROM series"), round + 1);
        EXPECT_EQ(number("SELECT COUNT(*) FROM occupancies"), 4 * (round + 1));
    }
}

}  // namespace
}  // namespace creneau::booking
