#include "door-agent/locks/bus_queue.hpp"

#include "door-agent/locks/lock_bus.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace creneau::door {
namespace {

TEST(BusQueue, KeepsEveryOrderOfEveryCaller) {
    constexpr int kCallers = 4;
    constexpr int kOrders = 5000;
    BusQueue queue;
    std::atomic<int> answered{0};
    std::thread bus([&] {
        while (answered < kCallers * kOrders) {
            queue.wait(std::chrono::milliseconds(100));
            for (const Order& order : queue.take()) {
                order.done(LockResult::done);
            }
        }
    });
    std::vector<std::thread> callers;
    for (int i = 0; i < kCallers; ++i) {
        callers.emplace_back([&] {
            for (int sent = 0; sent < kOrders;) {
                Order order;
                order.done = [&](LockResult) { ++answered; };
                sent += queue.push(order) ? 1 : 0;
            }
        });
    }
    for (std::thread& caller : callers) {
        caller.join();
    }
    bus.join();
    EXPECT_EQ(answered, kCallers * kOrders);
}

TEST(BusQueue, IsBoundedButAlwaysTakesARelease) {
    BusQueue queue;
    int taken = 0;
    for (int i = 0; i < 1000; ++i) {
        Order pulse;
        taken += queue.push(pulse) ? 1 : 0;
    }
    EXPECT_LT(taken, 1000);
    Order release;
    release.kind = OrderKind::release;
    EXPECT_TRUE(queue.push(release));
    queue.stop();
    EXPECT_FALSE(queue.push(release));
}

/// Nothing listens there: every call is answered, from whatever thread it came, also at the end.
TEST(LockBus, AnswersEveryCallExactlyOnceWithoutABoard) {
    BusSettings settings;
    settings.address = TcpAddress{"127.0.0.1", 1};
    settings.response_timeout = std::chrono::milliseconds(50);
    std::atomic<int> answered{0};
    constexpr int kCalls = 4 * 200;
    {
        LockListener listener;
        std::atomic<int> events{0};
        listener.event = [&](const LockEvent&) { ++events; };
        LockBus bus(settings, listener);
        LockSettings lock_settings;
        lock_settings.board = "waveshare-relay-8";
        Lock* lock = bus.add_lock(lock_settings).value();
        bus.start();
        std::vector<std::thread> callers;
        for (int i = 0; i < 4; ++i) {
            callers.emplace_back([&] {
                for (int call = 0; call < 50; ++call) {
                    lock->pulse(std::chrono::seconds(1), boot_now(),
                                [&](LockResult) { ++answered; });
                    lock->hold(std::chrono::seconds(1), [&](LockResult) { ++answered; });
                    lock->release([&](LockResult) { ++answered; });
                    lock->read_back([&](RelayState state) {
                        EXPECT_EQ(state, RelayState::unknown);
                        ++answered;
                    });
                }
            });
        }
        for (std::thread& caller : callers) {
            caller.join();
        }
    }
    EXPECT_EQ(answered, kCalls);
}

}  // namespace
}  // namespace creneau::door
