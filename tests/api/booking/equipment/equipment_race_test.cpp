#include "api/booking/holds/place_hold.hpp"
#include "tests/api/booking/equipment/equipment_fixture.hpp"
#include "tests/api/booking/series_fixture.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace creneau::booking {
namespace {

class EquipmentRace : public SeriesTest {
  protected:
    EquipmentRace() { add_equipment(*session_); }

    static std::string day_text(int round) {
        return std::string("2027-0") + std::to_string(1 + round / 25) + "-" +
               (round % 25 < 9 ? "0" : "") + std::to_string(round % 25 + 1);
    }

    static Outcome<bool> book(store::Session& session, const RequestBooking& order) {
        const auto booking = request_booking(session, order);
        return booking ? Outcome<bool>(true) : tl::unexpected(booking.error());
    }
    /// The office holds it for whoever asks.
    static Outcome<bool> hold(store::Session& session, RequestBooking order) {
        order.booker = std::exchange(order.actor, kOffice);
        const auto held = place_hold(session, {order, order.start});
        return held ? Outcome<bool>(true) : tl::unexpected(held.error());
    }
};
CRENEAU_ON_BOTH_ENGINES(EquipmentRace);

TEST_P(EquipmentRace, TheLastChairsGoToOneBookingOrHoldOverTwoWriters) {
    constexpr int kRounds = 100;
    const std::vector<RoomId> rooms{kDanton, kSemanaz, kSmall, kHall};
    store::Writer other(database_.database(), {.limits = {}, .town_id = 1, .report = {}});
    std::barrier start(static_cast<std::ptrdiff_t>(rooms.size()));
    std::atomic<int> winners = 0;
    std::atomic<int> refused = 0;
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < rooms.size(); ++i) {
        threads.emplace_back([&, i] {
            for (int round = 0; round < kRounds; ++round) {
                auto order = wish();
                order.room = rooms[i];
                order.start = day_text(round) + "T18:30";
                order.end = day_text(round) + "T20:30";
                order.equipment = {{kChairs, 6}};
                start.arrive_and_wait();
                const auto answer =
                    (i % 2 == 0 ? writer_ : other).run([&order, i](store::Session& session) {
                        return i < 2 ? book(session, order) : hold(session, order);
                    });
                winners += answer && *answer ? 1 : 0;
                refused +=
                    answer && !*answer && codes_of(answer->error()).starts_with("equipment_short");
            }
        });
    }
    threads.clear();
    EXPECT_EQ(winners, kRounds);
    EXPECT_EQ(refused, kRounds * 3);
    EXPECT_LE(most_oversold(*session_), 0);
    EXPECT_EQ(number("SELECT COUNT(*) FROM equipment_takings"), kRounds);
}

TEST_P(EquipmentRace, SeriesAndBookingsShareAStock) {
    constexpr int kRounds = 20;
    store::Writer other(database_.database(), {.limits = {}, .town_id = 1, .report = {}});
    std::barrier start(2);
    std::atomic<int> winners = 0;
    std::vector<std::jthread> threads;
    threads.emplace_back([&] {
        for (int round = 0; round < kRounds; ++round) {
            auto series = saturdays();
            series.recurrence = {day(2028, 1, 1), Daily{1}, std::nullopt, 3};
            series.recurrence.first = plus_days(series.recurrence.first, 10 * round);
            series.equipment = {{kChairs, 6}};
            start.arrive_and_wait();
            const auto answer = other.run(
                [&series](store::Session& session) { return request_series(session, series); });
            winners += answer && *answer ? 1 : 0;
        }
    });
    threads.emplace_back([&] {
        for (int round = 0; round < kRounds; ++round) {
            auto order = wish();
            const auto date = text_of(plus_days(day(2028, 1, 2), 10 * round));
            order.room = kSemanaz;
            order.start = date + "T18:30";
            order.end = date + "T20:30";
            order.equipment = {{kChairs, 6}};
            start.arrive_and_wait();
            winners += request(order) ? 1 : 0;
        }
    });
    threads.clear();
    EXPECT_EQ(winners, kRounds) << "one of the two, each time";
    EXPECT_LE(most_oversold(*session_), 0);
}

}  // namespace
}  // namespace creneau::booking
