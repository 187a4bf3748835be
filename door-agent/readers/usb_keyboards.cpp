#include "door-agent/readers/usb_keyboards.hpp"

#include "door-agent/readers/key_codes.hpp"
#include "door-agent/readers/wedge_reader.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <ios>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <libudev.h>
#include <linux/input-event-codes.h>

namespace creneau::door {
namespace {

struct Unref {
    void operator()(udev* handle) const { udev_unref(handle); }
    void operator()(udev_device* handle) const { udev_device_unref(handle); }
    void operator()(udev_enumerate* handle) const { udev_enumerate_unref(handle); }
};

std::uint16_t hexadecimal(const char* text) {
    return text == nullptr ? std::uint16_t{0}
                           : static_cast<std::uint16_t>(std::strtoul(text, nullptr, 16));
}

InputDevice describe(udev_device* device, const char* node) {
    InputDevice found;
    found.node = node;
    // Owned by `device`.
    udev_device* usb = udev_device_get_parent_with_subsystem_devtype(device, "usb", "usb_device");
    if (usb != nullptr) {
        const char* name = udev_device_get_sysname(usb);
        found.usb_port = name == nullptr ? "" : name;
        found.vendor = hexadecimal(udev_device_get_sysattr_value(usb, "idVendor"));
        found.product = hexadecimal(udev_device_get_sysattr_value(usb, "idProduct"));
    }
    udev_device* input = udev_device_get_parent_with_subsystem_devtype(device, "input", nullptr);
    if (input != nullptr) {
        const char* keys = udev_device_get_sysattr_value(input, "capabilities/key");
        found.types_digits = keys != nullptr && can_type_digits(keys);
    }
    return found;
}

}  // namespace

bool can_type_digits(std::string_view capabilities, unsigned word_bits) {
    std::vector<std::uint64_t> words;
    std::istringstream text{std::string(capabilities)};
    for (std::uint64_t word = 0; text >> std::hex >> word;) {
        words.push_back(word);
    }
    std::ranges::reverse(words);
    std::set<char> digits;
    bool ends = false;
    for (std::size_t code = 0; code < words.size() * word_bits && code <= KEY_MAX; ++code) {
        if ((words.at(code / word_bits) >> (code % word_bits) & 1U) != 0) {
            const auto meaning = meaning_of_key(static_cast<std::uint16_t>(code));
            ends = ends || meaning.ends;
            if (meaning.digit) {
                digits.insert(*meaning.digit);
            }
        }
    }
    return ends && digits.size() == 10;
}

std::vector<InputDevice> input_devices() {
    std::vector<InputDevice> found;
    const std::unique_ptr<udev, Unref> context(udev_new());
    if (!context) {
        return found;
    }
    const std::unique_ptr<udev_enumerate, Unref> listing(udev_enumerate_new(context.get()));
    if (!listing) {
        return found;
    }
    udev_enumerate_add_match_subsystem(listing.get(), "input");
    udev_enumerate_add_match_sysname(listing.get(), "event*");
    udev_enumerate_scan_devices(listing.get());
    for (udev_list_entry* entry = udev_enumerate_get_list_entry(listing.get()); entry != nullptr;
         entry = udev_list_entry_get_next(entry)) {
        const std::unique_ptr<udev_device, Unref> device(
            udev_device_new_from_syspath(context.get(), udev_list_entry_get_name(entry)));
        const char* node = device ? udev_device_get_devnode(device.get()) : nullptr;
        if (node != nullptr) {
            found.push_back(describe(device.get(), node));
        }
    }
    return found;
}

const InputDevice* find_reader(const std::vector<InputDevice>& devices,
                               const WedgeReaderSettings& settings) {
    const auto match = std::ranges::find_if(devices, [&](const InputDevice& device) {
        return !settings.usb_port.empty() && device.usb_port == settings.usb_port &&
               device.vendor == settings.vendor && device.product == settings.product &&
               device.types_digits;
    });
    return match == devices.end() ? nullptr : &*match;
}

}  // namespace creneau::door
