#include "door-agent/locks/lock_bus.hpp"

#include "door-agent/clock/boot_time.hpp"
#include "door-agent/gpio/chip_gpio.hpp"
#include "door-agent/locks/bus_port.hpp"
#include "door-agent/locks/bus_worker.hpp"
#include "door-agent/locks/gpio_port.hpp"
#include "door-agent/locks/indicator.hpp"
#include "door-agent/locks/lock.hpp"
#include "door-agent/locks/lock_settings.hpp"
#include "door-agent/locks/modbus_port.hpp"

#include <memory>
#include <utility>
#include <variant>

namespace creneau::door {

namespace {

std::unique_ptr<BusPort> make_port(const BusSettings& settings) {
    if (const auto* pins = std::get_if<GpioPins>(&settings.address)) {
        return std::make_unique<GpioPort>(*pins, std::make_unique<ChipGpio>());
    }
    return std::make_unique<ModbusPort>(settings);
}

}  // namespace

LockBus::LockBus(BusSettings settings, LockListener listener)
    : LockBus(settings, std::move(listener), make_port(settings)) {}

LockBus::LockBus(BusSettings settings, LockListener listener, std::unique_ptr<BusPort> port)
    : worker_(std::make_unique<Worker>(std::move(settings), std::move(listener), std::move(port))) {
}

LockBus::~LockBus() = default;

tl::expected<Lock*, LockRefusal> LockBus::add_lock(const LockSettings& settings) {
    return worker_->add_lock(settings);
}

tl::expected<Indicator*, LockRefusal> LockBus::add_indicator(const IndicatorSettings& settings) {
    return worker_->add_indicator(settings);
}

void LockBus::start() {
    worker_->start();
}

BootTime LockBus::last_round() const noexcept {
    return worker_->last_round();
}

}  // namespace creneau::door
