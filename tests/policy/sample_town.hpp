#pragma once

#include "policy/badge.hpp"
#include "policy/certificate.hpp"
#include "policy/decide.hpp"
#include "policy/policy_file.hpp"
#include "tests/qr/signing.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace creneau::policy {

using qr::TestKey;

inline constexpr qr::TownId kTown{93'061};
inline constexpr std::uint16_t kStreetDoor = 1;
inline constexpr std::uint16_t kHallDoor = 2;
inline constexpr std::uint16_t kOfficeDoor = 3;
inline constexpr std::uint16_t kHallZone = 0x8001;

/// 2026-12-05 17:20 UTC: the start of the pass of qr/FORMAT.md.
std::chrono::sys_seconds pass_start();

/// A town with every key, one agent with three doors and a zone of the first two. Facts may be
/// changed before they are built; keys come from fixed seeds.
struct SampleTown {
    TestKey root{0x01};
    TestKey spare_root{0x02};
    TestKey policy_key{0x03};
    TestKey pass_key{0x04};
    TestKey command_key{0x05};
    PolicyFacts facts;

    SampleTown();

    [[nodiscard]] Certificate certificate(KeyUse use) const;
    [[nodiscard]] IssuedCertificate issue(const Certificate& certificate, const TestKey& by) const;
    [[nodiscard]] std::vector<std::uint8_t> file() const;
    [[nodiscard]] Expectations expectations() const;
    /// Built, then opened.
    [[nodiscard]] Policy policy() const;
};

/// 04:A2:6B:3C, as a reader of low assurance gives it.
BadgeNumber sample_number();
BadgeHashKey sample_badge_key();

/// Adds the badge of sample_number(), with a set for the hall's zone and a schedule from an hour
/// before pass_start() until three hours after it.
void give_badge(PolicyFacts& facts);

/// The revocations of the file that tests read back with other programs.
std::vector<Revocation> sample_revocations();

/// Certified for 90 days before and after the pass.
inline constexpr std::chrono::seconds kHalfWindow = std::chrono::days{90};

}  // namespace creneau::policy
