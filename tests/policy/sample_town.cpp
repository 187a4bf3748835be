#include "tests/policy/sample_town.hpp"

#include "policy/badge.hpp"
#include "policy/schedule.hpp"

#include <array>
#include <span>
#include <stdexcept>
#include <utility>

namespace creneau::policy {
namespace {

const TestKey& key_of(const SampleTown& town, KeyUse use) {
    switch (use) {
        case KeyUse::pass:
            return town.pass_key;
        case KeyUse::policy:
            return town.policy_key;
        case KeyUse::command:
            return town.command_key;
    }
    throw std::invalid_argument("use");
}

std::uint8_t key_id_of(KeyUse use) {
    return static_cast<std::uint8_t>(static_cast<int>(use) == 1 ? 1 : 10 + static_cast<int>(use));
}

}  // namespace

std::chrono::sys_seconds pass_start() {
    return qr::vector_fields().not_before;
}

std::vector<Revocation> sample_revocations() {
    return {{qr::PassId{5}, 5, pass_start()},
            {qr::PassId{7}, 7, pass_start()},
            {qr::PassId{qr::kLargestPassId}, 255, pass_start()}};
}

BadgeNumber sample_number() {
    constexpr std::array<std::uint8_t, 4> kBytes{0x04, 0xA2, 0x6B, 0x3C};
    return badge_number(kBytes, Assurance::low).value();
}

BadgeHashKey sample_badge_key() {
    BadgeHashKey key{};
    key.fill(0x5B);
    return key;
}

void give_badge(PolicyFacts& facts) {
    constexpr ScheduleId kSchedule{11};
    constexpr AccessSetId kSet{21};
    facts.badge_key = sample_badge_key();
    facts.schedules = {{kSchedule,
                        false,
                        {{moment_of(pass_start() - std::chrono::hours{1}),
                          moment_of(pass_start() + std::chrono::hours{3})}}}};
    facts.access_sets = {{kSet, {{kHallZone, kSchedule}}}};
    facts.badges = {{hash_badge(facts.badge_key, sample_number().number()), BadgeRef{42},
                     moment_of(pass_start() - std::chrono::days{30}),
                     moment_of(pass_start() + std::chrono::days{30}), kSet, BadgeFlags{}}};
}

SampleTown::SampleTown() {
    facts.town = kTown;
    facts.agent = "danton";
    facts.version = 7;
    facts.issued_at = pass_start() - std::chrono::minutes{30};
    facts.doors = {{kStreetDoor, "danton-rue", "Porte de la rue", std::chrono::seconds{5}},
                   {kHallDoor, "danton-salle", "Porte de la salle", std::chrono::seconds{8}},
                   {kOfficeDoor, "danton-bureau", "Bureau", std::chrono::seconds{5}}};
    facts.zones = {{kHallZone, {kStreetDoor, kHallDoor}}};
    facts.policy_certificate = issue(certificate(KeyUse::policy), root);
    facts.pass_certificates = {issue(certificate(KeyUse::pass), root)};
}

Certificate SampleTown::certificate(KeyUse use) const {
    Certificate certificate;
    certificate.town = kTown;
    certificate.use = use;
    certificate.key_id = key_id_of(use);
    certificate.public_key = key_of(*this, use).public_bytes;
    certificate.not_before = pass_start() - kHalfWindow;
    certificate.not_after = pass_start() + kHalfWindow;
    certificate.longest_pass_min = use == KeyUse::pass ? kGuestPassMinutes : std::uint16_t{0};
    certificate.generation = 1;
    return certificate;
}

IssuedCertificate SampleTown::issue(const Certificate& certificate, const TestKey& by) const {
    const auto bytes = certificate_to_be_signed(certificate).value();
    return assemble_certificate(certificate, by.public_bytes, by.sign(bytes)).value();
}

std::vector<std::uint8_t> SampleTown::file() const {
    const auto sign = [&](std::span<const std::uint8_t> bytes) { return policy_key.sign(bytes); };
    auto built = build_policy_file(facts, sign);
    if (!built) {
        throw std::runtime_error(describe(built.error()));
    }
    return *std::move(built);
}

Expectations SampleTown::expectations() const {
    Expectations expected;
    expected.roots = {fingerprint_of(root.public_bytes), fingerprint_of(spare_root.public_bytes)};
    expected.town = kTown;
    expected.agent = "danton";
    return expected;
}

Policy SampleTown::policy() const {
    auto opened = open_policy_file(file(), expectations());
    if (!opened) {
        throw std::runtime_error(describe(opened.error()));
    }
    return *std::move(opened);
}

}  // namespace creneau::policy
