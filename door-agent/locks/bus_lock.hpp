#pragma once

#include "door-agent/locks/bus_queue.hpp"
#include "door-agent/locks/indicator.hpp"
#include "door-agent/locks/lock.hpp"

#include <cstddef>

namespace creneau::door {

/// One channel of a board: hands every call to the thread that owns the bus.
class BusLock : public Lock {
  public:
    BusLock(BusQueue& queue, std::size_t index) : queue_(queue), index_(index) {}

    void pulse(std::chrono::milliseconds duration, BootTime granted_at, LockDone done) override;
    void hold(std::chrono::milliseconds lease, LockDone done) override;
    void release(LockDone done) override;
    void read_back(RelayRead done) override;

  private:
    void submit(Order order);

    BusQueue& queue_;
    std::size_t index_;
};

/// The same for a light or a buzzer.
class BusIndicator : public Indicator {
  public:
    BusIndicator(BusQueue& queue, std::size_t index) : queue_(queue), index_(index) {}

    void show(std::chrono::milliseconds duration) override;

  private:
    BusQueue& queue_;
    std::size_t index_;
};

}  // namespace creneau::door
