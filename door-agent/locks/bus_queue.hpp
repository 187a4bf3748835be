#pragma once

#include "door-agent/clock/boot_time.hpp"
#include "door-agent/locks/lock.hpp"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <vector>

namespace creneau::door {

enum class OrderKind : std::uint8_t { pulse, hold, release, read_back, show };

/// A call on a lock, on its way to the thread that owns the bus. `read` is for read_back, `done`
/// for the others.
struct Order {
    OrderKind kind = OrderKind::pulse;
    std::size_t lock = 0;  ///< of show: which indicator
    std::chrono::milliseconds duration{0};
    BootTime granted_at{0};
    LockDone done;
    RelayRead read;
};

/// Answers an order that will not be carried out.
void turn_down(const Order& order, LockResult result);

/// Many callers, one bus thread. Bounded; a release always finds room, and indicators leave half of
/// it to locks.
class BusQueue {
  public:
    /// Moves the order in. False when full or stopped: the order is left as it was.
    [[nodiscard]] bool push(Order& order);
    /// Orders so far, oldest first.
    [[nodiscard]] std::vector<Order> take();
    /// Sleeps until an order waits, stop() was called or `limit` has passed.
    void wait(std::chrono::milliseconds limit);
    void stop();
    [[nodiscard]] bool stopped() const;

  private:
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Order> orders_;
    bool stopped_ = false;
};

}  // namespace creneau::door
