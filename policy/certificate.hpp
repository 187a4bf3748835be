#pragma once

#include "policy/error.hpp"
#include "policy/fingerprint.hpp"
#include "qr/pass.hpp"
#include "qr/public_key.hpp"

#include <chrono>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::policy {

/// What a key may sign. One use a key.
enum class KeyUse : std::uint8_t { pass = 1, policy = 2, command = 3 };

/// "pass", "policy", "command": the word in the certificate.
[[nodiscard]] std::string_view word_for(KeyUse use);

/// Longest pass of a guest, in minutes: the cap to give to a certificate of a guests' pass key.
inline constexpr std::uint16_t kGuestPassMinutes = 1'440;

/// What a root says of a key.
struct Certificate {
    qr::TownId town{};
    KeyUse use = KeyUse::pass;
    std::uint8_t key_id = 0;          ///< 1 to 255, unique among living keys of one use and town
    qr::PublicKeyBytes public_key{};  ///< screened when opened and when signed
    std::chrono::sys_seconds not_before{};  ///< [not_before, not_after)
    std::chrono::sys_seconds not_after{};
    std::uint16_t longest_pass_min = 0;  ///< pass keys: 1 to 44 640; other uses: 0
    std::uint32_t generation = 0;        ///< orders policies (generation, version); from 1

    bool operator==(const Certificate&) const = default;
};

/// A certificate as it travels: the root's public key and the COSE_Sign1 that root signed.
struct IssuedCertificate {
    qr::PublicKeyBytes root{};
    std::vector<std::uint8_t> envelope;

    bool operator==(const IssuedCertificate&) const = default;
};

/// The bytes a root signs for `certificate` (Sig_structure of RFC 9052 with our label and town).
/// out_of_range and weak_key name the member.
[[nodiscard]] tl::expected<std::vector<std::uint8_t>, PolicyError> certificate_to_be_signed(
    const Certificate& certificate);

/// Joins certificate and signature after verifying the signature under `root`.
[[nodiscard]] tl::expected<IssuedCertificate, PolicyError> assemble_certificate(
    const Certificate& certificate, const qr::PublicKeyBytes& root, const qr::Signature& signature);

/// Verifies that a pinned root signed it for `town`, then reads it. The window is not compared
/// with any clock.
[[nodiscard]] tl::expected<Certificate, PolicyError> open_certificate(
    const IssuedCertificate& issued, std::span<const Fingerprint> pinned_roots, qr::TownId town);

/// Form on disk and in transit: CBOR array of two byte strings (root public key, envelope).
[[nodiscard]] std::vector<std::uint8_t> to_bytes(const IssuedCertificate& issued);

/// The inverse; checks the form only.
[[nodiscard]] tl::expected<IssuedCertificate, PolicyError> issued_certificate_from(
    std::span<const std::uint8_t> bytes);

}  // namespace creneau::policy
