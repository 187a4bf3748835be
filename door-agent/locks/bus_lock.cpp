#include "door-agent/locks/bus_lock.hpp"

#include "door-agent/clock/boot_time.hpp"
#include "door-agent/locks/bus_queue.hpp"
#include "door-agent/locks/lock.hpp"

#include <chrono>
#include <utility>

namespace creneau::door {

void BusLock::submit(Order order) {
    if (!queue_.push(order)) {
        turn_down(order, LockResult::refused);
    }
}

void BusLock::pulse(std::chrono::milliseconds duration, BootTime granted_at, LockDone done) {
    submit({OrderKind::pulse, index_, duration, granted_at, std::move(done), {}});
}

void BusLock::hold(std::chrono::milliseconds lease, LockDone done) {
    submit({OrderKind::hold, index_, lease, boot_now(), std::move(done), {}});
}

void BusLock::release(LockDone done) {
    submit({OrderKind::release, index_, {}, boot_now(), std::move(done), {}});
}

void BusLock::read_back(RelayRead done) {
    submit({OrderKind::read_back, index_, {}, boot_now(), {}, std::move(done)});
}

void BusIndicator::show(std::chrono::milliseconds duration) {
    Order order{OrderKind::show, index_, duration, boot_now(), {}, {}};
    // Without room nothing is shown: locks matter more.
    static_cast<void>(queue_.push(order));
}

}  // namespace creneau::door
