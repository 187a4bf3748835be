#include "policy/manifest.hpp"

#include "policy/cbor.hpp"
#include "policy/certificate.hpp"
#include "policy/door_row.hpp"
#include "policy/error.hpp"
#include "policy/fields.hpp"
#include "policy/fingerprint.hpp"
#include "policy/policy.hpp"
#include "policy/policy_file.hpp"
#include "qr/pass.hpp"

#include <algorithm>
#include <bit>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace creneau::policy {
namespace {

constexpr std::uint64_t kLargestU32 = 0xFFFF'FFFF;
constexpr std::size_t kMembers = 15;
constexpr std::size_t kMostCertificates = 255;
constexpr std::size_t kLargestCertificate = 1'024;
void write_settings(cbor::Writer& out, const Settings& settings) {
    out.map(3);
    out.text("skew_s");
    out.number(count_of(settings.skew));
    out.text("fresh_s");
    out.number(count_of(settings.fresh));
    out.text("expired_s");
    out.number(count_of(settings.expired));
}

void write_zone(cbor::Writer& out, const Zone& zone) {
    out.map(2);
    out.text("scope");
    out.number(zone.scope);
    out.text("doors");
    out.array(zone.doors.size());
    for (const std::uint16_t door : zone.doors) {
        out.number(door);
    }
}

void write_hashes(cbor::Writer& out, std::string_view name, const std::vector<Hash>& pages) {
    out.text(name);
    out.array(pages.size());
    for (const Hash& page : pages) {
        out.bytes(page);
    }
}

void write_lists(cbor::Writer& out, const Manifest& manifest) {
    out.text("doors");
    out.array(manifest.policy.doors.size());
    for (const Door& door : manifest.policy.doors) {
        write_door(out, door);
    }
    out.text("zones");
    out.array(manifest.policy.zones.size());
    for (const Zone& zone : manifest.policy.zones) {
        write_zone(out, zone);
    }
    out.text("pass_certificates");
    out.array(manifest.pass_certificates.size());
    for (const IssuedCertificate& issued : manifest.pass_certificates) {
        out.array(2);
        out.bytes(issued.root);
        out.bytes(issued.envelope);
    }
    out.text("badges");
    out.number(manifest.badges);
    write_hashes(out, "rule_pages", manifest.rule_pages);
    write_hashes(out, "badge_pages", manifest.badge_pages);
}

Settings read_settings(cbor::Reader& in) {
    Settings settings;
    in.enter();
    in.map_of(3);
    in.key("skew_s");
    settings.skew = read_seconds(in, 0, count_of(kLargestSkew));
    in.key("fresh_s");
    settings.fresh = read_seconds(in, 1, count_of(kLongestExpired));
    in.key("expired_s");
    settings.expired = read_seconds(in, count_of(settings.fresh), count_of(kLongestExpired));
    in.leave();
    return settings;
}

// Scopes ascend strictly, so that none is given twice and a look-up may bisect.
template <class Row>
void check_ascending(cbor::Reader& in, const std::vector<Row>& rows) {
    if (in.ok() && rows.size() > 1 && rows[rows.size() - 2].scope >= rows.back().scope) {
        in.fail(PolicyFault::duplicate);
    }
}

void read_doors(cbor::Reader& in, Policy& policy) {
    std::set<std::string, std::less<>> keys;
    const std::size_t count = in.array(kMostDoors);
    in.enter();
    for (std::size_t i = 0; i < count && in.ok(); ++i) {
        in.at(i);
        policy.doors.push_back(read_door(in));
        check_ascending(in, policy.doors);
        if (in.ok() && !keys.insert(policy.doors.back().key).second) {
            in.fail(PolicyFault::duplicate);
        }
    }
    in.leave();
}

Zone read_zone(cbor::Reader& in, const Policy& policy) {
    Zone zone;
    in.enter();
    in.map_of(2);
    in.key("scope");
    zone.scope = static_cast<std::uint16_t>(in.number(qr::kFirstZoneScope, 0xFFFF));
    in.key("doors");
    const std::size_t count = in.array(kMostDoors);
    for (std::size_t i = 0; i < count && in.ok(); ++i) {
        const std::uint64_t previous = zone.doors.empty() ? 0 : zone.doors.back();
        zone.doors.push_back(
            static_cast<std::uint16_t>(in.number(previous + 1, qr::kFirstZoneScope - 1)));
        if (in.ok() && policy.find_door(zone.doors.back()) == nullptr) {
            in.fail(PolicyFault::unknown_door);
        }
    }
    in.leave();
    return zone;
}

void read_zones(cbor::Reader& in, Policy& policy) {
    const std::size_t count = in.array(kMostZones);
    in.enter();
    for (std::size_t i = 0; i < count && in.ok(); ++i) {
        in.at(i);
        policy.zones.push_back(read_zone(in, policy));
        check_ascending(in, policy.zones);
    }
    in.leave();
}

void read_certificates(cbor::Reader& in, Manifest& manifest) {
    const std::size_t count = in.array(kMostCertificates);
    in.enter();
    for (std::size_t i = 0; i < count && in.ok(); ++i) {
        in.at(i);
        IssuedCertificate issued;
        in.array_of(2);
        const auto root = in.exactly(issued.root.size());
        std::copy(root.begin(), root.end(), issued.root.begin());
        const auto envelope = in.bytes(kLargestCertificate);
        issued.envelope.assign(envelope.begin(), envelope.end());
        manifest.pass_certificates.push_back(std::move(issued));
    }
    in.leave();
}

std::vector<Hash> read_hashes(cbor::Reader& in) {
    std::vector<Hash> pages;
    const std::size_t count = in.array(std::size_t{1} << kLargestPageBits);
    if (in.ok() && !std::has_single_bit(count)) {
        in.fail(PolicyFault::out_of_range);
    }
    in.enter();
    for (std::size_t i = 0; i < count && in.ok(); ++i) {
        in.at(i);
        const auto hash = in.exactly(sizeof(Hash));
        std::copy(hash.begin(), hash.end(), pages.emplace_back().begin());
    }
    in.leave();
    return pages;
}

void read_nonce(cbor::Reader& in, Policy& policy) {
    const auto nonce = in.bytes(kNonceSize);
    if (in.ok() && !nonce.empty() && nonce.size() != kNonceSize) {
        in.fail(PolicyFault::out_of_range);
    }
    policy.nonce.assign(nonce.begin(), nonce.end());
}

void read_heading(cbor::Reader& in, Policy& policy) {
    in.key("form");
    if (in.number(1, kLargestU32) != kPolicyForm) {
        in.fail(PolicyFault::unsupported_form);
    }
    in.key("town");
    policy.town = qr::TownId{static_cast<std::uint32_t>(in.number(0, kLargestU32))};
    in.key("agent");
    policy.agent = read_text(in, kLongestKey);
    in.key("generation");
    policy.order.generation = static_cast<std::uint32_t>(in.number(1, kLargestU32));
    in.key("version");
    policy.order.version = in.number(1, std::numeric_limits<std::int64_t>::max());
    in.key("issued_at");
    policy.issued_at = std::chrono::sys_seconds{read_seconds(in, 0, kLargestU32)};
    in.key("nonce");
    read_nonce(in, policy);
    in.key("settings");
    policy.settings = read_settings(in);
    in.key("badge_key");
    const auto badge_key = in.exactly(policy.badge_key.size());
    std::copy(badge_key.begin(), badge_key.end(), policy.badge_key.begin());
}

}  // namespace

std::vector<Hash> Manifest::pages() const {
    std::vector<Hash> all = rule_pages;
    all.insert(all.end(), badge_pages.begin(), badge_pages.end());
    return all;
}

std::vector<std::uint8_t> write_manifest(const Manifest& manifest) {
    const Policy& policy = manifest.policy;
    cbor::Writer out;
    out.map(kMembers);
    out.text("form");
    out.number(kPolicyForm);
    out.text("town");
    out.number(static_cast<std::uint32_t>(policy.town));
    out.text("agent");
    out.text(policy.agent);
    out.text("generation");
    out.number(policy.order.generation);
    out.text("version");
    out.number(policy.order.version);
    out.text("issued_at");
    out.number(count_of(policy.issued_at.time_since_epoch()));
    out.text("nonce");
    out.bytes(policy.nonce);
    out.text("settings");
    write_settings(out, policy.settings);
    out.text("badge_key");
    out.bytes(policy.badge_key);
    write_lists(out, manifest);
    return out.result();
}

tl::expected<Manifest, PolicyError> read_manifest(std::span<const std::uint8_t> payload) {
    cbor::Reader in{payload, "manifest"};
    Manifest manifest;
    in.map_of(kMembers);
    read_heading(in, manifest.policy);
    in.key("doors");
    read_doors(in, manifest.policy);
    in.key("zones");
    read_zones(in, manifest.policy);
    in.key("pass_certificates");
    read_certificates(in, manifest);
    in.key("badges");
    manifest.badges = in.number(0, kMostBadges);
    in.key("rule_pages");
    manifest.rule_pages = read_hashes(in);
    in.key("badge_pages");
    manifest.badge_pages = read_hashes(in);
    in.end();
    if (!in.ok()) {
        return tl::make_unexpected(in.error());
    }
    return manifest;
}

}  // namespace creneau::policy
