#pragma once

#include "qr/pass.hpp"
#include "qr/public_key.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace creneau::link {

/// A door agent's key that is to follow another.
struct KeyChange {
    qr::TownId town{};
    std::string agent;
    qr::PublicKeyBytes from{};
    qr::PublicKeyBytes to{};
};

/// What the key that follows signs: whoever has the old key alone can put in no key but one that
/// they hold.
[[nodiscard]] std::vector<std::uint8_t> to_be_proved(const KeyChange& change);

/// Whether `to` is a sound key, another than `from`, and signed that.
[[nodiscard]] bool is_proved(const KeyChange& change, std::span<const std::uint8_t> proof);

}  // namespace creneau::link
