#pragma once

#include "door-agent/readers/wedge_reader.hpp"

#include <string>
#include <vector>

namespace creneau::door {

/// An input device of the machine and the USB device behind it (empty port: not USB).
struct InputDevice {
    std::string node;  ///< /dev/input/event3
    std::string usb_port;
    std::uint16_t vendor = 0;
    std::uint16_t product = 0;
};

/// Every /dev/input/event* of the machine, by udev.
[[nodiscard]] std::vector<InputDevice> input_devices();

/// The device that is the reader: its port, vendor and product all match. Null when none does.
[[nodiscard]] const InputDevice* find_reader(const std::vector<InputDevice>& devices,
                                             const WedgeReaderSettings& settings);

}  // namespace creneau::door
