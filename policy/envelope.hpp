#pragma once

#include "policy/error.hpp"
#include "qr/pass.hpp"
#include "qr/public_key.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::policy {

/// Labels keep a signature of one kind from passing for another kind.
inline constexpr std::string_view kCertificateLabel{"RDQ1\0key-certificate", 20};
inline constexpr std::string_view kPolicyLabel{"RDQ1\0door-policy", 16};
inline constexpr std::string_view kCommandLabel{"RDQ1\0door-command", 17};

/// The key id of a root in a protected header.
inline constexpr std::uint8_t kRootKeyId = 0;

/// Untagged COSE_Sign1 (RFC 9052) with the constant protected header A2 01 27 04 41 <kid>
/// (EdDSA, one-byte key id) and an empty unprotected map. Views into the input.
struct Envelope {
    std::uint8_t key_id;
    std::span<const std::uint8_t> payload;
    std::span<const std::uint8_t, qr::kSignatureSize> signature;
};

/// The external_aad: label ‖ u32 town ‖ agent (empty for a certificate).
[[nodiscard]] std::vector<std::uint8_t> context(std::string_view label, qr::TownId town,
                                                std::string_view agent = {});

/// The Sig_structure: what is signed.
[[nodiscard]] std::vector<std::uint8_t> to_be_signed(std::uint8_t key_id,
                                                     std::span<const std::uint8_t> context,
                                                     std::span<const std::uint8_t> payload);

[[nodiscard]] std::vector<std::uint8_t> seal(std::uint8_t key_id,
                                             std::span<const std::uint8_t> payload,
                                             const qr::Signature& signature);

/// Compares the constant bytes and cuts out payload and signature; nothing is verified and the
/// payload is not looked at. `place` names the envelope in errors.
[[nodiscard]] tl::expected<Envelope, PolicyError> frame(std::span<const std::uint8_t> bytes,
                                                        std::size_t largest_payload,
                                                        std::string_view place);

[[nodiscard]] bool verifies(const qr::PublicKey& key, const Envelope& envelope,
                            std::span<const std::uint8_t> context);

}  // namespace creneau::policy
