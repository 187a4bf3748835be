#pragma once

#include "qr/digits.hpp"
#include "qr/pass.hpp"
#include "qr/public_key.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include <sodium.h>

namespace creneau::qr {

/// A key pair from 32 equal bytes.
struct TestKey {
    std::array<std::uint8_t, crypto_sign_PUBLICKEYBYTES> public_bytes{};
    std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret{};

    explicit TestKey(std::uint8_t seed_byte) {
        std::array<std::uint8_t, crypto_sign_SEEDBYTES> seed{};
        seed.fill(seed_byte);
        crypto_sign_seed_keypair(public_bytes.data(), secret.data(), seed.data());
    }

    template <class Message>
    [[nodiscard]] Signature sign(const Message& message) const {
        Signature signature{};
        crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(),
                             secret.data());
        return signature;
    }

    [[nodiscard]] PublicKey public_key() const { return PublicKey::load(public_bytes).value(); }
};

/// Signs whatever the body says, also what encode_body would refuse.
inline PassBytes sign_body(const TestKey& key, TownId town, const BodyBytes& body) {
    return join(body, key.sign(signing_input(town, body)));
}

inline PassBytes sign_pass(const TestKey& key, TownId town, const PassFields& fields) {
    return sign_body(key, town, encode_body(fields).value());
}

/// The pass of qr/FORMAT.md, "Test vector".
inline PassFields vector_fields() {
    using namespace std::chrono;
    PassFields fields;
    fields.key_id = 1;
    fields.pass_id = PassId{0x0123456789ABCD};
    fields.revision = 0;
    fields.not_before = sys_days{2026y / December / 5} + 17h + 20min;
    fields.duration_min = 140;
    fields.scope = 0x8001;
    fields.use = Use::many;
    return fields;
}

inline constexpr TownId kVectorTown{93'061};
inline constexpr std::uint8_t kVectorSeed = 0x42;

}  // namespace creneau::qr
