#pragma once

#include "qr/pass.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace creneau::qr {

inline constexpr std::size_t kPublicKeySize = 32;
using PublicKeyBytes = std::array<std::uint8_t, kPublicKeySize>;

/// An Ed25519 public key that was screened: canonical, on the curve, in the prime-order subgroup
/// (so neither of small order nor with a small-order part).
class PublicKey {
  public:
    /// Absent unless `raw` is 32 bytes of a sound key.
    [[nodiscard]] static std::optional<PublicKey> load(std::span<const std::uint8_t> raw);

    [[nodiscard]] const PublicKeyBytes& bytes() const { return bytes_; }

    /// RFC 8032 verification by libsodium. Thread-safe.
    [[nodiscard]] bool verifies(std::span<const std::uint8_t> message,
                                std::span<const std::uint8_t, kSignatureSize> signature) const;

    bool operator==(const PublicKey&) const = default;

  private:
    explicit PublicKey(const PublicKeyBytes& bytes) : bytes_(bytes) {}
    PublicKeyBytes bytes_;
};

/// Is `pass` signed by `key` for `town`? Says nothing of its fields, window or scope.
[[nodiscard]] bool verify_pass(const PublicKey& key, TownId town, const PassBytes& pass);

}  // namespace creneau::qr
