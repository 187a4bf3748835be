#include "api/signer/secret_key.hpp"

#include "qr/pass.hpp"

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <new>
#include <span>
#include <stdexcept>

#include <sodium/core.h>
#include <sodium/crypto_sign.h>
#include <sodium/crypto_sign_ed25519.h>
#include <sodium/utils.h>

namespace creneau::signer {
namespace {

void start_sodium() {
    if (sodium_init() < 0) {
        throw std::runtime_error("libsodium does not start");
    }
}

std::uint8_t* locked(std::size_t size) {
    start_sodium();
    auto* data = static_cast<std::uint8_t*>(sodium_malloc(size));
    if (data == nullptr) {
        throw std::bad_alloc();
    }
    return data;
}

}  // namespace

SecretBytes::SecretBytes(std::size_t size) : data_(locked(size)), size_(size) {}

void SecretBytes::Free::operator()(std::uint8_t* data) const {
    sodium_free(data);
}

SecretKey::SecretKey() : secret_(crypto_sign_ed25519_SECRETKEYBYTES) {}

SecretKey SecretKey::generate() {
    SecretKey key;
    crypto_sign_ed25519_keypair(key.public_key_.data(), key.secret_.bytes().data());
    return key;
}

SecretKey SecretKey::from_seed(std::span<const std::uint8_t> seed) {
    assert(seed.size() == kSeedSize);
    SecretKey key;
    crypto_sign_ed25519_seed_keypair(key.public_key_.data(), key.secret_.bytes().data(),
                                     seed.data());
    return key;
}

qr::Signature SecretKey::sign(std::span<const std::uint8_t> message) const {
    qr::Signature signature{};
    crypto_sign_ed25519_detached(signature.data(), nullptr, message.data(), message.size(),
                                 secret_.bytes().data());
    return signature;
}

std::span<const std::uint8_t> SecretKey::seed() const {
    return secret_.bytes().first(kSeedSize);
}

bool memory_can_be_locked() {
    SecretBytes probe(kSeedSize);
    return sodium_mlock(probe.bytes().data(), probe.bytes().size()) == 0;
}

}  // namespace creneau::signer
