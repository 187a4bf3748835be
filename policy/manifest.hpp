#pragma once

#include "policy/certificate.hpp"
#include "policy/error.hpp"
#include "policy/fingerprint.hpp"
#include "policy/policy.hpp"
#include "policy/policy_file.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::policy {

/// What the signed manifest says: a policy without what stands in its pages, and with pass keys
/// that nobody has opened yet.
struct Manifest {
    Policy policy;
    std::vector<IssuedCertificate> pass_certificates;
    std::size_t badges = 0;         ///< in all badge pages
    std::vector<Hash> rule_pages;   ///< 2^j
    std::vector<Hash> badge_pages;  ///< 2^k

    /// The hash of every page in the order of the file: rule pages, then badge pages.
    [[nodiscard]] std::vector<Hash> pages() const;
};

[[nodiscard]] std::vector<std::uint8_t> write_manifest(const Manifest& manifest);

/// Reads the payload of a manifest whose signature holds; every rule of the form but the chain of
/// the pass certificates.
[[nodiscard]] tl::expected<Manifest, PolicyError> read_manifest(
    std::span<const std::uint8_t> payload);

}  // namespace creneau::policy
