#include "api/people/secret_token.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include <sodium.h>

namespace creneau::people {

namespace {

constexpr std::size_t kTokenBytes = 32;
constexpr int kTokenForm = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

}  // namespace

std::string new_secret_token() {
    if (sodium_init() < 0) {
        throw std::runtime_error("libsodium cannot start");
    }
    std::array<unsigned char, kTokenBytes> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    std::array<char, sodium_base64_ENCODED_LEN(kTokenBytes, kTokenForm)> text{};
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), kTokenForm);
    return text.data();
}

std::optional<std::string> hash_of_secret_token(std::string_view token) {
    std::array<unsigned char, kTokenBytes> bytes{};
    std::size_t size = 0;
    if (sodium_base642bin(bytes.data(), bytes.size(), token.data(), token.size(), nullptr, &size,
                          nullptr, kTokenForm) != 0 ||
        size != bytes.size()) {
        return std::nullopt;
    }
    std::array<unsigned char, 32> hash{};
    crypto_generichash(hash.data(), hash.size(), bytes.data(), bytes.size(), nullptr, 0);
    std::array<char, 2 * hash.size() + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
    return hex.data();
}

}  // namespace creneau::people
