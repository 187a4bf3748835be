#include "policy/fingerprint.hpp"

#include "qr/public_key.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <sodium/crypto_generichash_blake2b.h>

namespace creneau::policy {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";

std::optional<std::uint8_t> nibble(char c) {
    if (c >= 'A' && c <= 'F') {
        c = static_cast<char>(c - 'A' + 'a');
    }
    const std::size_t at = kHexDigits.find(c);
    return at == std::string_view::npos ? std::nullopt
                                        : std::optional{static_cast<std::uint8_t>(at)};
}

}  // namespace

Hash blake2b_256(std::span<const std::uint8_t> bytes) {
    Hash hash{};
    crypto_generichash_blake2b(hash.data(), hash.size(), bytes.data(), bytes.size(), nullptr, 0);
    return hash;
}

Fingerprint fingerprint_of(const qr::PublicKeyBytes& key) {
    return blake2b_256(key);
}

std::string to_hex(const Hash& hash) {
    std::string text;
    text.reserve(2 * hash.size());
    for (const std::uint8_t byte : hash) {
        text += kHexDigits[byte >> 4U];
        text += kHexDigits[byte & 0x0FU];
    }
    return text;
}

std::optional<Hash> hash_from_hex(std::string_view text) {
    Hash hash{};
    if (text.size() != 2 * hash.size()) {
        return std::nullopt;
    }
    for (std::size_t i = 0; i < hash.size(); ++i) {
        const auto high = nibble(text[2 * i]);
        const auto low = nibble(text[2 * i + 1]);
        if (!high || !low) {
            return std::nullopt;
        }
        hash[i] = static_cast<std::uint8_t>((*high << 4U) | *low);
    }
    return hash;
}

}  // namespace creneau::policy
