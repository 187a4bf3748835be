#pragma once

#include <array>
#include <cstdlib>

#include <sodium.h>

namespace creneau::bench {

/// A signature over as many bytes as a pass signs: label, town, body (qr/FORMAT.md).
class SignedPass {
  public:
    SignedPass() {
        if (sodium_init() < 0) {
            std::abort();
        }
        std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret{};
        crypto_sign_keypair(public_.data(), secret.data());
        crypto_sign_detached(signature_.data(), nullptr, message_.data(), message_.size(),
                             secret.data());
    }

    void verify() const {
        if (crypto_sign_verify_detached(signature_.data(), message_.data(), message_.size(),
                                        public_.data()) != 0) {
            std::abort();
        }
    }

  private:
    std::array<unsigned char, 43> message_{};
    std::array<unsigned char, crypto_sign_BYTES> signature_{};
    std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> public_{};
};

}  // namespace creneau::bench
