#include "qr/public_key.hpp"

#include "qr/pass.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>

#include <sodium/crypto_core_ed25519.h>
#include <sodium/crypto_sign.h>

namespace creneau::qr {

std::optional<PublicKey> PublicKey::load(std::span<const std::uint8_t> raw) {
    if (raw.size() != kPublicKeySize || crypto_core_ed25519_is_valid_point(raw.data()) != 1) {
        return std::nullopt;
    }
    PublicKeyBytes bytes{};
    std::copy(raw.begin(), raw.end(), bytes.begin());
    return PublicKey{bytes};
}

bool PublicKey::verifies(std::span<const std::uint8_t> message,
                         std::span<const std::uint8_t, kSignatureSize> signature) const {
    return crypto_sign_verify_detached(signature.data(), message.data(), message.size(),
                                       bytes_.data()) == 0;
}

bool verify_pass(const PublicKey& key, TownId town, const PassBytes& pass) {
    const std::span all{pass};
    return key.verifies(signing_input(town, all.first<kBodySize>()), all.last<kSignatureSize>());
}

}  // namespace creneau::qr
