#include "api/access/badge_key.hpp"

#include "api/access/access_types.hpp"
#include "policy/badge.hpp"

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <sodium.h>

namespace creneau::access {

namespace {

constexpr char kContext[crypto_kdf_CONTEXTBYTES] = {'b', 'a', 'd', 'g', 'e', 's', ' ', ' '};
constexpr std::uint64_t kForSealing = 1;
constexpr std::uint64_t kForMarking = 2;
constexpr std::uint64_t kForHashing = 3;

const unsigned char* bytes_of(const std::string& text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

std::string to_hex(std::span<const unsigned char> bytes) {
    std::string hex(2 * bytes.size() + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), bytes.data(), bytes.size());
    hex.pop_back();
    return hex;
}

}  // namespace

BadgeKey::BadgeKey(std::span<const std::uint8_t, kSize> secret) {
    static_assert(kSize == crypto_kdf_KEYBYTES && kSize == crypto_secretbox_KEYBYTES);
    const int ready = sodium_init();
    assert(ready >= 0);
    static_cast<void>(ready);
    crypto_kdf_derive_from_key(sealing_.data(), kSize, kForSealing, kContext, secret.data());
    crypto_kdf_derive_from_key(marking_.data(), kSize, kForMarking, kContext, secret.data());
    crypto_kdf_derive_from_key(hashing_.data(), kSize, kForHashing, kContext, secret.data());
}

BadgeKey::~BadgeKey() {
    sodium_memzero(sealing_.data(), kSize);
    sodium_memzero(marking_.data(), kSize);
    sodium_memzero(hashing_.data(), kSize);
}

std::string BadgeKey::seal(const std::string& number) const {
    std::vector<unsigned char> box(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES +
                                   number.size());
    randombytes_buf(box.data(), crypto_secretbox_NONCEBYTES);
    crypto_secretbox_easy(box.data() + crypto_secretbox_NONCEBYTES, bytes_of(number), number.size(),
                          box.data(), sealing_.data());
    return to_hex(box);
}

std::optional<std::string> BadgeKey::open(const std::string& sealed) const {
    if (sealed.empty()) {
        return std::nullopt;
    }
    std::vector<unsigned char> box(sealed.size() / 2);
    std::size_t length = 0;
    const int read = sodium_hex2bin(box.data(), box.size(), sealed.data(), sealed.size(), nullptr,
                                    &length, nullptr);
    constexpr std::size_t kAround = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
    if (read != 0 || length != box.size() || length < kAround) {
        return std::nullopt;
    }
    std::string number(length - kAround, '\0');
    const int opened = crypto_secretbox_open_easy(
        reinterpret_cast<unsigned char*>(number.data()), box.data() + crypto_secretbox_NONCEBYTES,
        length - crypto_secretbox_NONCEBYTES, box.data(), sealing_.data());
    return opened == 0 ? std::optional(number) : std::nullopt;
}

std::string BadgeKey::mark(TownId town, const std::string& number) const {
    std::string message = std::to_string(static_cast<std::int64_t>(town));
    message += '|';
    message += number;
    std::array<unsigned char, crypto_generichash_BYTES> bytes{};
    crypto_generichash(bytes.data(), bytes.size(), bytes_of(message), message.size(),
                       marking_.data(), kSize);
    return to_hex(bytes);
}

policy::BadgeHashKey BadgeKey::agent_key(TownId town, std::int64_t agent) const {
    std::string message = std::to_string(static_cast<std::int64_t>(town));
    message += '|';
    message += std::to_string(agent);
    policy::BadgeHashKey key{};
    crypto_generichash(key.data(), key.size(), bytes_of(message), message.size(), hashing_.data(),
                       kSize);
    return key;
}

}  // namespace creneau::access
