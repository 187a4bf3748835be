#pragma once

#include "qr/pass.hpp"
#include "qr/public_key.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace creneau::signer {

inline constexpr std::size_t kSeedSize = 32;

/// Memory for secrets: locked against swapping, kept out of core dumps, between guard pages, and
/// zeroed when freed (sodium_malloc). Move-only.
class SecretBytes {
  public:
    explicit SecretBytes(std::size_t size);
    [[nodiscard]] std::span<std::uint8_t> bytes() { return {data_.get(), size_}; }
    [[nodiscard]] std::span<const std::uint8_t> bytes() const { return {data_.get(), size_}; }

  private:
    struct Free {
        void operator()(std::uint8_t* data) const;
    };
    std::unique_ptr<std::uint8_t, Free> data_;
    std::size_t size_;
};

/// An Ed25519 private key in locked memory. Move-only. Signing is deterministic (RFC 8032).
class SecretKey {
  public:
    /// A new key from the system's random source.
    static SecretKey generate();
    /// The key of a seed of kSeedSize bytes.
    static SecretKey from_seed(std::span<const std::uint8_t> seed);

    [[nodiscard]] const qr::PublicKeyBytes& public_key() const { return public_key_; }
    [[nodiscard]] qr::Signature sign(std::span<const std::uint8_t> message) const;
    /// What to keep on disk; a view into locked memory.
    [[nodiscard]] std::span<const std::uint8_t> seed() const;

  private:
    SecretKey();

    SecretBytes secret_;  // seed ‖ public key, as libsodium wants it
    qr::PublicKeyBytes public_key_{};
};

/// False when RLIMIT_MEMLOCK forbids locking: keys could then be swapped out.
bool memory_can_be_locked();

}  // namespace creneau::signer
