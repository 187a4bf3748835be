#pragma once

#include "qr/public_key.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace creneau::policy {

/// BLAKE2b-256 of some bytes.
using Hash = std::array<std::uint8_t, 32>;

/// BLAKE2b-256 of a raw public key: what an agent pins of a root.
using Fingerprint = Hash;

[[nodiscard]] Hash blake2b_256(std::span<const std::uint8_t> bytes);

[[nodiscard]] Fingerprint fingerprint_of(const qr::PublicKeyBytes& key);

/// 64 lower-case hexadecimal digits.
[[nodiscard]] std::string to_hex(const Hash& hash);

/// The inverse; upper case is accepted, anything but 64 hexadecimal digits is not.
[[nodiscard]] std::optional<Hash> hash_from_hex(std::string_view text);

}  // namespace creneau::policy
