#include "policy/certificate.hpp"
#include "policy/container.hpp"
#include "policy/envelope.hpp"
#include "policy/error.hpp"
#include "policy/fingerprint.hpp"
#include "policy/manifest.hpp"
#include "policy/page.hpp"
#include "policy/policy.hpp"
#include "policy/policy_file.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace creneau::policy {
namespace {

using Bytes = std::vector<std::uint8_t>;

tl::unexpected<PolicyError> refuse(PolicyFault fault, std::string place) {
    return tl::make_unexpected(PolicyError{fault, std::move(place)});
}

constexpr auto kByScope = [](const auto& a, const auto& b) { return a.scope < b.scope; };

// Ascending by pass id, one row a pass: the higher revision and the later end win.
std::vector<Revocation> united(std::vector<Revocation> rows) {
    std::sort(rows.begin(), rows.end(),
              [](const Revocation& a, const Revocation& b) { return a.pass_id < b.pass_id; });
    std::vector<Revocation> result;
    for (const Revocation& row : rows) {
        if (result.empty() || result.back().pass_id != row.pass_id) {
            result.push_back(row);
            continue;
        }
        result.back().revision = std::max(result.back().revision, row.revision);
        result.back().end = std::max(result.back().end, row.end);
    }
    return result;
}

std::vector<Bytes> cut(const std::vector<Revocation>& rows, unsigned bits) {
    std::vector<std::vector<Revocation>> parts(std::size_t{1} << bits);
    for (const Revocation& row : rows) {
        parts[page_of(row.pass_id, bits)].push_back(row);
    }
    std::vector<Bytes> pages;
    pages.reserve(parts.size());
    for (const auto& part : parts) {
        pages.push_back(write_page(part));
    }
    return pages;
}

// As few pages as keep each within its limit.
tl::expected<std::vector<Bytes>, PolicyError> paginate(const std::vector<Revocation>& rows) {
    for (unsigned bits = 0; bits <= kLargestPageBits; ++bits) {
        std::vector<Bytes> pages = cut(rows, bits);
        if (std::all_of(pages.begin(), pages.end(),
                        [](const Bytes& page) { return page.size() <= kLargestPage; })) {
            return pages;
        }
    }
    return refuse(PolicyFault::too_large, "revocations");
}

Manifest manifest_of(const PolicyFacts& facts, std::uint32_t generation,
                     const std::vector<Bytes>& pages) {
    Manifest manifest;
    Policy& policy = manifest.policy;
    policy.town = facts.town;
    policy.agent = facts.agent;
    policy.order = {generation, facts.version};
    policy.issued_at = facts.issued_at;
    policy.nonce = facts.nonce;
    policy.settings = facts.settings;
    policy.doors = facts.doors;
    policy.zones = facts.zones;
    std::sort(policy.doors.begin(), policy.doors.end(), kByScope);
    std::sort(policy.zones.begin(), policy.zones.end(), kByScope);
    for (Zone& zone : policy.zones) {
        std::sort(zone.doors.begin(), zone.doors.end());
    }
    manifest.pass_certificates = facts.pass_certificates;
    for (const Bytes& page : pages) {
        manifest.pages.push_back(blake2b_256(page));
    }
    return manifest;
}

// Reading the result back applies every rule of the form, and the signature, in one place.
tl::expected<void, PolicyError> check(const Bytes& file, const PolicyFacts& facts) {
    Expectations expected;
    expected.town = facts.town;
    expected.agent = facts.agent;
    expected.roots.push_back(fingerprint_of(facts.policy_certificate.root));
    for (const IssuedCertificate& issued : facts.pass_certificates) {
        expected.roots.push_back(fingerprint_of(issued.root));
    }
    return open_policy_file(file, expected).map([](const Policy&) {});
}

}  // namespace

tl::expected<Bytes, PolicyError> build_policy_file(const PolicyFacts& facts, const Signer& sign) {
    const std::array<Fingerprint, 1> root{fingerprint_of(facts.policy_certificate.root)};
    const auto certificate = open_certificate(facts.policy_certificate, root, facts.town);
    if (!certificate) {
        return tl::make_unexpected(certificate.error());
    }
    const auto pages = paginate(united(facts.revocations));
    if (!pages) {
        return tl::make_unexpected(pages.error());
    }
    const Bytes payload = write_manifest(manifest_of(facts, certificate->generation, *pages));
    if (const auto readable = read_manifest(payload); !readable) {
        return tl::make_unexpected(readable.error());
    }
    const auto signature = sign(
        to_be_signed(certificate->key_id, context(kPolicyLabel, facts.town, facts.agent), payload));
    Bytes file = write_container(
        {facts.policy_certificate, seal(certificate->key_id, payload, signature), *pages});
    if (const auto sound = check(file, facts); !sound) {
        return tl::make_unexpected(sound.error());
    }
    return file;
}

}  // namespace creneau::policy
