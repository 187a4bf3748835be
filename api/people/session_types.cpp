#include "api/people/session_types.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace creneau::people {

namespace {

constexpr std::array<std::pair<Device, std::string_view>, 7> kWords{{
    {Device::android, "android"},
    {Device::ios, "ios"},
    {Device::windows, "windows"},
    {Device::mac, "mac"},
    {Device::linux_desktop, "linux"},
    {Device::program, "program"},
    {Device::unknown, "unknown"},
}};

// In this order: Android's browsers say Linux too, an iPhone's say Mac OS X.
constexpr std::array<std::pair<std::string_view, Device>, 6> kSigns{{
    {"Android", Device::android},
    {"iPhone", Device::ios},
    {"iPad", Device::ios},
    {"Windows", Device::windows},
    {"Macintosh", Device::mac},
    {"Linux", Device::linux_desktop},
}};

}  // namespace

std::string_view word_of(Device device) {
    return std::ranges::find(kWords, device, &std::pair<Device, std::string_view>::first)->second;
}

Device device_of(std::string_view word) {
    const auto* found =
        std::ranges::find(kWords, word, &std::pair<Device, std::string_view>::second);
    return found == kWords.end() ? Device::unknown : found->first;
}

Device device_of_user_agent(std::string_view header) {
    if (header.empty()) {
        return Device::unknown;
    }
    if (!header.starts_with("Mozilla/")) {
        return Device::program;
    }
    const auto* found = std::ranges::find_if(kSigns, [&](const auto& sign) {
        return header.find(sign.first) != std::string_view::npos;
    });
    return found == kSigns.end() ? Device::unknown : found->second;
}

}  // namespace creneau::people
