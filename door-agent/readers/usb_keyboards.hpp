#pragma once

#include "door-agent/readers/wedge_reader.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::door {

/// An input device of the machine and the USB device behind it (empty port: not USB).
struct InputDevice {
    std::string node;  ///< /dev/input/event3
    std::string usb_port;
    std::uint16_t vendor = 0;
    std::uint16_t product = 0;
    bool types_digits = false;
};

/// Whether a device with these key capabilities (sysfs capabilities/key: hexadecimal words, highest
/// first) has every digit and a key that ends a frame. A scanner's other interfaces, such as its
/// media keys, have not.
[[nodiscard]] bool can_type_digits(std::string_view capabilities,
                                   unsigned word_bits = sizeof(long) * 8);

/// Every /dev/input/event* of the machine, by udev.
[[nodiscard]] std::vector<InputDevice> input_devices();

/// The device that is the reader: its port, vendor and product all match, and it types digits. Null
/// when none does.
[[nodiscard]] const InputDevice* find_reader(const std::vector<InputDevice>& devices,
                                             const WedgeReaderSettings& settings);

}  // namespace creneau::door
