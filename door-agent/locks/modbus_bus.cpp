#include "door-agent/locks/modbus_bus.hpp"

#include "door-agent/clock/boot_time.hpp"
#include "door-agent/locks/bus_worker.hpp"
#include "door-agent/locks/lock.hpp"
#include "door-agent/locks/lock_settings.hpp"

#include <memory>
#include <utility>

namespace creneau::door {

ModbusBus::ModbusBus(BusSettings settings, LockListener listener)
    : worker_(std::make_unique<Worker>(std::move(settings), std::move(listener))) {}

ModbusBus::~ModbusBus() = default;

tl::expected<Lock*, LockRefusal> ModbusBus::add_lock(const LockSettings& settings) {
    return worker_->add_lock(settings);
}

void ModbusBus::start() {
    worker_->start();
}

BootTime ModbusBus::last_round() const noexcept {
    return worker_->last_round();
}

}  // namespace creneau::door
