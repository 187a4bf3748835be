#include "door-agent/locks/gpio_port.hpp"

#include "door-agent/gpio/gpio.hpp"
#include "door-agent/locks/frames.hpp"
#include "door-agent/locks/lock_settings.hpp"

#include <cstdint>
#include <memory>
#include <utility>

namespace creneau::door {
namespace {

constexpr std::uint8_t kNoSuchFunction = 1;
constexpr std::uint8_t kNoSuchAddress = 2;

Reply refused(std::uint8_t exception) {
    Reply reply;
    reply.outcome = Outcome::refused;
    reply.exception = exception;
    return reply;
}

Reply done(unsigned bits) {
    Reply reply;
    reply.outcome = Outcome::done;
    reply.bits = bits;
    return reply;
}

}  // namespace

GpioPort::GpioPort(GpioPins pins, std::unique_ptr<Gpio> gpio)
    : pins_(std::move(pins)), gpio_(std::move(gpio)) {}

bool GpioPort::open() {
    close();
    trouble_.clear();
    outputs_ = gpio_->outputs({pins_.chip, pins_.outputs, pins_.outputs_active_low}, trouble_);
    if (outputs_ && !pins_.inputs.empty()) {
        inputs_ = gpio_->inputs({pins_.chip, pins_.inputs, true}, trouble_);
    }
    if (!outputs_ || (!inputs_ && !pins_.inputs.empty())) {
        close();
        return false;
    }
    return true;
}

void GpioPort::close() {
    outputs_.reset();
    inputs_.reset();
}

Reply GpioPort::write(const Request& request) {
    const bool meant = request.value == kCoilOn || request.value == kCoilOff;
    if (!meant || request.address >= pins_.outputs.size()) {
        return refused(kNoSuchAddress);
    }
    if (!outputs_ || !outputs_->set(request.address, request.value == kCoilOn)) {
        trouble_ = "an output could not be written";
        return {};
    }
    return done(0);
}

Reply GpioPort::read(GpioLines* lines, bool needed) {
    if (lines == nullptr) {
        return needed ? Reply{} : done(0);
    }
    const auto levels = lines->levels();
    if (!levels) {
        trouble_ = "its lines could not be read";
        return {};
    }
    return done(*levels);
}

Reply GpioPort::ask(const Request& request) {
    switch (request.function) {
        case Function::write_coil:
            return write(request);
        case Function::read_coils:
            return read(outputs_.get(), true);
        case Function::read_inputs:
            return read(inputs_.get(), !pins_.inputs.empty());
        case Function::read_registers:
        case Function::write_register:
            return refused(kNoSuchFunction);
    }
    return {};
}

}  // namespace creneau::door
