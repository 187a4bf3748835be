#pragma once

#include "door-agent/locks/bus_port.hpp"
#include "door-agent/locks/indicator.hpp"
#include "door-agent/locks/lock.hpp"
#include "door-agent/locks/lock_settings.hpp"

#include <memory>
#include <vector>

namespace creneau::door {

/// One Modbus line, TCP board or GPIO chip and the single thread that owns it. Release goes before
/// pulse, pulse before polling, polling before lights. Whatever is in doubt ends in flush, reopen
/// and read back.
class LockBus {
  public:
    /// Connects to nothing yet. Settings must have passed check_bus().
    LockBus(BusSettings settings, LockListener listener);
    /// The same through a port that is given.
    LockBus(BusSettings settings, LockListener listener, std::unique_ptr<BusPort> port);
    /// Releases every lock (one attempt each, within the timeouts), then closes and joins.
    /// Locks must not be used afterwards.
    ~LockBus();
    LockBus(const LockBus&) = delete;
    LockBus& operator=(const LockBus&) = delete;

    /// Only before start(). The lock lives as long as the bus and belongs to it.
    [[nodiscard]] tl::expected<Lock*, LockRefusal> add_lock(const LockSettings& settings);

    /// Only before start(), after the locks. It lives as long as the bus and belongs to it.
    [[nodiscard]] tl::expected<Indicator*, LockRefusal> add_indicator(
        const IndicatorSettings& settings);

    /// Starts the thread: connects, releases every lock, reads back, checks the board's settings.
    /// Returns at once; LockNotice::ready tells when a lock accepts pulses.
    void start();

    /// When the thread last went round; for the process watchdog. A silent board makes a round as
    /// long as its timeouts.
    [[nodiscard]] BootTime last_round() const noexcept;

  private:
    class Worker;
    std::unique_ptr<Worker> worker_;
};

}  // namespace creneau::door
