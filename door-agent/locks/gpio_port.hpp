#pragma once

#include "door-agent/gpio/gpio.hpp"
#include "door-agent/locks/bus_port.hpp"
#include "door-agent/locks/frames.hpp"
#include "door-agent/locks/lock_settings.hpp"

#include <memory>
#include <string>

namespace creneau::door {

/// The machine's own lines as a board: relay i is the i-th output, input i the i-th input, 1 where
/// its circuit is closed to ground. Opening claims the outputs anew, all off.
class GpioPort : public BusPort {
  public:
    GpioPort(GpioPins pins, std::unique_ptr<Gpio> gpio);

    [[nodiscard]] bool open() override;
    void close() override;
    [[nodiscard]] Reply ask(const Request& request) override;
    [[nodiscard]] bool opening_releases() const override { return true; }
    [[nodiscard]] std::string trouble() const override { return trouble_; }

  private:
    [[nodiscard]] Reply write(const Request& request);
    [[nodiscard]] Reply read(GpioLines* lines, bool needed);

    const GpioPins pins_;
    std::unique_ptr<Gpio> gpio_;
    std::unique_ptr<GpioLines> outputs_;
    std::unique_ptr<GpioLines> inputs_;
    std::string trouble_;
};

}  // namespace creneau::door
