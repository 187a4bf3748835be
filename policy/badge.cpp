#include "policy/badge.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>

#include <sodium.h>

namespace creneau::policy {

std::optional<BadgeNumber> badge_number(std::span<const std::uint8_t> bytes, Assurance assurance) {
    if (bytes.empty() || bytes.size() > kLongestBadgeNumber) {
        return std::nullopt;
    }
    BadgeNumber number;
    std::copy(bytes.begin(), bytes.end(), number.bytes.begin());
    number.length = static_cast<std::uint8_t>(bytes.size());
    number.assurance = assurance;
    return number;
}

BadgeHash hash_badge(const BadgeHashKey& key, std::span<const std::uint8_t> number) {
    BadgeHash hash{};
    crypto_generichash(hash.data(), hash.size(), number.data(), number.size(), key.data(),
                       key.size());
    return hash;
}

}  // namespace creneau::policy
