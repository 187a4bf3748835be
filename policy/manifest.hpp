#pragma once

#include "policy/certificate.hpp"
#include "policy/error.hpp"
#include "policy/fingerprint.hpp"
#include "policy/policy.hpp"
#include "policy/policy_file.hpp"

#include <cstdint>
#include <span>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::policy {

/// What the signed manifest says: a policy without revocations and opened pass keys.
struct Manifest {
    Policy policy;
    std::vector<IssuedCertificate> pass_certificates;
    std::vector<Hash> pages;  ///< 2^k hashes
};

[[nodiscard]] std::vector<std::uint8_t> write_manifest(const Manifest& manifest);

/// Reads the payload of a manifest whose signature holds; every rule of the form but the chain of
/// the pass certificates.
[[nodiscard]] tl::expected<Manifest, PolicyError> read_manifest(
    std::span<const std::uint8_t> payload);

}  // namespace creneau::policy
