#pragma once

#include "door-agent/gpio/gpio.hpp"

#include <memory>
#include <string>

namespace creneau::door {

/// The kernel's GPIO character devices, through libgpiod 1.6.
class ChipGpio : public Gpio {
  public:
    [[nodiscard]] std::unique_ptr<GpioLines> outputs(const LineChoice& choice,
                                                     std::string& why) override;
    [[nodiscard]] std::unique_ptr<GpioLines> inputs(const LineChoice& choice,
                                                    std::string& why) override;
    [[nodiscard]] std::unique_ptr<GpioEdges> edges(const LineChoice& choice,
                                                   std::string& why) override;
};

}  // namespace creneau::door
