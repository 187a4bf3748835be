#include "api/access/doors/door_types.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>

namespace creneau::access {

namespace {

constexpr std::array<std::string_view, 5> kLockdownGrounds{"threat", "intrusion", "accident",
                                                           "authority_order", "drill"};
constexpr std::array<std::string_view, 4> kDisablingGrounds{"broken", "works", "security", "other"};

std::string listed(std::span<const std::string_view> words) {
    std::string text;
    for (const std::string_view word : words) {
        text += text.empty() ? "" : ", ";
        text += word;
    }
    return text;
}

}  // namespace

bool is_lockdown_ground(std::string_view word) {
    return std::ranges::find(kLockdownGrounds, word) != kLockdownGrounds.end();
}

bool is_disabling_ground(std::string_view word) {
    return std::ranges::find(kDisablingGrounds, word) != kDisablingGrounds.end();
}

std::string lockdown_grounds() {
    return listed(kLockdownGrounds);
}

std::string disabling_grounds() {
    return listed(kDisablingGrounds);
}

}  // namespace creneau::access
