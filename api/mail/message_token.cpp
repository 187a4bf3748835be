#include "api/mail/message_token.hpp"

#include <array>
#include <cstddef>
#include <stdexcept>
#include <string>

#include <sodium.h>

namespace creneau::mail {

namespace {

constexpr std::size_t kTokenBytes = 16;

}  // namespace

std::string new_message_token() {
    if (sodium_init() < 0) {
        throw std::runtime_error("libsodium cannot start");
    }
    std::array<unsigned char, kTokenBytes> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    std::array<char, 2 * kTokenBytes + 1> text{};
    sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
    return text.data();
}

}  // namespace creneau::mail
