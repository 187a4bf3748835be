#pragma once

#include "policy/badge.hpp"
#include "policy/certificate.hpp"
#include "policy/door.hpp"
#include "policy/error.hpp"
#include "policy/fingerprint.hpp"
#include "policy/policy.hpp"
#include "policy/schedule.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::policy {

/// Signs exactly these bytes with the policy key. Whoever holds the private key provides it.
using Signer = std::function<qr::Signature(std::span<const std::uint8_t>)>;

/// The form of manifests and pages; no other is read.
inline constexpr std::uint64_t kPolicyForm = 2;
inline constexpr std::size_t kLargestPage = std::size_t{64} * 1024;
inline constexpr std::size_t kLargestManifest = std::size_t{256} * 1024;
inline constexpr unsigned kLargestPageBits = 10;  ///< of rule pages and of badge pages each
inline constexpr std::size_t kMostPages = std::size_t{2} << kLargestPageBits;
inline constexpr std::size_t kMostBadges = 250'000;
inline constexpr std::size_t kNonceSize = 16;
inline constexpr std::chrono::seconds kFutureLimit = std::chrono::days{1};

/// Everything a policy says, in any order.
struct PolicyFacts {
    qr::TownId town{};
    std::string agent;          ///< key of the door agent, 1 to 64 bytes
    std::uint64_t version = 0;  ///< see next_version
    std::chrono::sys_seconds issued_at{};
    std::vector<std::uint8_t> nonce;  ///< empty for an exported file, else the agent's 16 bytes
    Settings settings;
    std::vector<Door> doors;
    std::vector<Zone> zones;  ///< only doors that stand in `doors`
    std::vector<Revocation> revocations;
    BadgeHashKey badge_key{};
    std::vector<BadgeRecord> badges;  ///< hashed under badge_key; their sets stand in access_sets
    std::vector<AccessSet> access_sets;  ///< their schedules stand in schedules
    std::vector<Schedule> schedules;
    IssuedCertificate policy_certificate;  ///< says key id and generation
    std::vector<IssuedCertificate> pass_certificates;
};

/// One self-contained file (policy/FORMAT.md): root key, certificate, manifest, pages. Calls
/// `sign` once and verifies what it returns. Refuses facts that open_policy_file would refuse,
/// except that certificates are not compared with pinned roots.
[[nodiscard]] tl::expected<std::vector<std::uint8_t>, PolicyError> build_policy_file(
    const PolicyFacts& facts, const Signer& sign);

/// What an agent knows before it reads a policy.
struct Expectations {
    std::vector<Fingerprint> roots;  ///< root and spare root
    qr::TownId town{};
    std::string agent;
    std::optional<Order> held;                            ///< refused below this; equal is accepted
    std::optional<std::chrono::sys_seconds> trusted_now;  ///< absent while the clock is untrusted
    std::optional<std::vector<std::uint8_t>> nonce;       ///< absent: any
};

/// Opens a whole file. No CBOR of the manifest or a page is read before the chain pinned root →
/// policy certificate → manifest signature → page hash holds for it. Thread-safe, no I/O.
[[nodiscard]] tl::expected<Policy, PolicyError> open_policy_file(
    std::span<const std::uint8_t> bytes, const Expectations& expected);

}  // namespace creneau::policy
