#include "door-agent/locks/lock_bus.hpp"

#include "door-agent/clock/boot_time.hpp"
#include "door-agent/locks/bus_worker.hpp"
#include "door-agent/locks/lock.hpp"
#include "door-agent/locks/lock_settings.hpp"

#include <memory>
#include <utility>

namespace creneau::door {

LockBus::LockBus(BusSettings settings, LockListener listener)
    : worker_(std::make_unique<Worker>(std::move(settings), std::move(listener))) {}

LockBus::~LockBus() = default;

tl::expected<Lock*, LockRefusal> LockBus::add_lock(const LockSettings& settings) {
    return worker_->add_lock(settings);
}

void LockBus::start() {
    worker_->start();
}

BootTime LockBus::last_round() const noexcept {
    return worker_->last_round();
}

}  // namespace creneau::door
