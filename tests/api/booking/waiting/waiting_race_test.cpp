#include "tests/api/booking/waiting/waiting_fixture.hpp"

#include <gtest/gtest.h>

#include <barrier>
#include <chrono>
#include <functional>
#include <string>
#include <thread>
#include <vector>

namespace creneau::booking {
namespace {

constexpr int kRounds = 100;

class WaitingRace : public WaitingTest {
  protected:
    /// All of them at once.
    static void at_once(const std::vector<std::function<void()>>& deeds) {
        std::barrier start(static_cast<std::ptrdiff_t>(deeds.size()));
        std::vector<std::jthread> threads;
        for (const auto& deed : deeds) {
            threads.emplace_back([&] {
                start.arrive_and_wait();
                deed();
            });
        }
    }
    bool ask(store::Writer& writer, const RequestBooking& order) {
        return writer.run([&](store::Session& session) { return request_booking(session, order); })
            .value()
            .has_value();
    }
    static void set_day(RequestBooking& order, int round) {
        const auto date = std::chrono::year_month_day(
            std::chrono::sys_days{std::chrono::year{2027} / 1 / 1} + std::chrono::days(round));
        std::string day = std::to_string(static_cast<int>(date.year())) + "-";
        day += (static_cast<unsigned>(date.month()) < 10 ? "0" : "") +
               std::to_string(static_cast<unsigned>(date.month())) + "-";
        day += (static_cast<unsigned>(date.day()) < 10 ? "0" : "") +
               std::to_string(static_cast<unsigned>(date.day()));
        order.start = day + "T18:30";
        order.end = day + "T20:30";
    }

    store::Writer other_{database_.database(), {.limits = {}, .town_id = 1, .report = {}}};
};
CRENEAU_ON_BOTH_ENGINES(WaitingRace);

TEST_P(WaitingRace, AnExpiredHoldGoesToOneOfThoseWhoAsk) {
    for (int round = 0; round < kRounds; ++round) {
        auto held = wish_now();
        held.actor = kOffice;
        held.booker = kCamille;
        set_day(held, round);
        const auto placed = write(place_hold, PlaceHold{held, "2026-11-28T12:00"});
        ASSERT_TRUE(placed);
        auto order = chess();
        set_day(order, round);
        order.now = placed->expires_at;
        bool first = false;
        bool second = false;
        bool booked_late = false;
        at_once({[&] { first = ask(writer_, order); }, [&] { second = ask(other_, order); },
                 [&] {
                     store::Readers readers(database_.database(), 1);
                     expire_holds(readers, other_, kTown, order.now);
                 },
                 [&] {
                     const BookHold late{{kTown, kCamille, placed->id, order.now}};
                     booked_late =
                         writer_
                             .run([&](store::Session& session) { return book_hold(session, late); })
                             .value()
                             .has_value();
                 }});
        EXPECT_NE(first, second);
        EXPECT_FALSE(booked_late);
        EXPECT_EQ(count("occupancies"), round + 1);
    }
    expect_sound();
}

TEST_P(WaitingRace, AFreedSlotGoesToTheLineAndNotToWhoeverAsks) {
    for (int round = 0; round < kRounds; ++round) {
        auto order = wish_now();
        set_day(order, round);
        const auto booking = request(order).value();
        auto waits = chess();
        set_day(waits, round);
        ASSERT_TRUE(wait(waits));
        auto third = dominique();
        set_day(third, round);
        bool overtook = false;
        at_once(
            {[&] { EXPECT_TRUE(cancel_now(booking)); }, [&] { overtook = ask(other_, third); }});
        EXPECT_FALSE(overtook);
        EXPECT_EQ(count("holds WHERE status = 'held'"), round + 1);
        EXPECT_EQ(count("occupancies"), round + 1);
    }
    expect_sound();
}

}  // namespace
}  // namespace creneau::booking
