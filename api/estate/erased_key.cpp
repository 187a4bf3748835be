#include "api/estate/erased_key.hpp"

#include <array>
#include <string>
#include <string_view>

#include <sodium.h>

namespace creneau::estate {

std::string erased_key(std::string_view key) {
    std::array<unsigned char, crypto_generichash_BYTES_MIN> digest{};
    crypto_generichash(digest.data(), digest.size(),
                       reinterpret_cast<const unsigned char*>(key.data()), key.size(), nullptr, 0);
    std::array<char, 2 * digest.size() + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
    return std::string("erased-") + hex.data();
}

}  // namespace creneau::estate
