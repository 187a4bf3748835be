#include "policy/badge.hpp"
#include "policy/certificate.hpp"
#include "policy/container.hpp"
#include "policy/envelope.hpp"
#include "policy/error.hpp"
#include "policy/fingerprint.hpp"
#include "policy/manifest.hpp"
#include "policy/page.hpp"
#include "policy/policy.hpp"
#include "policy/policy_file.hpp"
#include "policy/schedule.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
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

RulePage rules_of(const PolicyFacts& facts) {
    RulePage rules{united(facts.revocations), facts.schedules, facts.access_sets};
    std::ranges::sort(rules.schedules, {}, &Schedule::id);
    std::ranges::sort(rules.access_sets, {}, &AccessSet::id);
    for (AccessSet& set : rules.access_sets) {
        std::ranges::sort(set.rules);
    }
    return rules;
}

std::vector<Bytes> cut(const RulePage& rules, unsigned bits) {
    std::vector<RulePage> parts(std::size_t{1} << bits);
    for (const Revocation& row : rules.revocations) {
        parts[page_of(row.pass_id, bits)].revocations.push_back(row);
    }
    for (const Schedule& row : rules.schedules) {
        parts[page_of(row.id, bits)].schedules.push_back(row);
    }
    for (const AccessSet& row : rules.access_sets) {
        parts[page_of(row.id, bits)].access_sets.push_back(row);
    }
    std::vector<Bytes> pages;
    pages.reserve(parts.size());
    for (const RulePage& part : parts) {
        pages.push_back(write_rule_page(part));
    }
    return pages;
}

// The rows ascend, so that each page is a run of them.
std::vector<Bytes> cut(std::span<const BadgeRecord> badges, unsigned bits) {
    std::vector<Bytes> pages;
    for (std::size_t page = 0; page < std::size_t{1} << bits; ++page) {
        const auto end = std::ranges::find_if(
            badges, [&](const BadgeRecord& row) { return page_of(row.hash, bits) != page; });
        const auto count = static_cast<std::size_t>(end - badges.begin());
        pages.push_back(write_badge_page(badges.first(count)));
        badges = badges.subspan(count);
    }
    return pages;
}

// As few pages as keep each within its limit.
template <class Rows>
tl::expected<std::vector<Bytes>, PolicyError> paginate(const Rows& rows, std::string what) {
    for (unsigned bits = 0; bits <= kLargestPageBits; ++bits) {
        std::vector<Bytes> pages = cut(rows, bits);
        if (std::all_of(pages.begin(), pages.end(),
                        [](const Bytes& page) { return page.size() <= kLargestPage; })) {
            return pages;
        }
    }
    return refuse(PolicyFault::too_large, std::move(what));
}

struct Pages {
    std::vector<Bytes> rules;
    std::vector<Bytes> badges;
};

tl::expected<Pages, PolicyError> pages_of(const PolicyFacts& facts) {
    auto rules = paginate(rules_of(facts), "rules");
    if (!rules) {
        return tl::make_unexpected(rules.error());
    }
    std::vector<BadgeRecord> rows = facts.badges;
    std::ranges::sort(rows, {}, &BadgeRecord::hash);
    auto badges = paginate(std::span<const BadgeRecord>{rows}, "badges");
    if (!badges) {
        return tl::make_unexpected(badges.error());
    }
    return Pages{*std::move(rules), *std::move(badges)};
}

std::vector<Hash> hashes_of(const std::vector<Bytes>& pages) {
    std::vector<Hash> hashes;
    hashes.reserve(pages.size());
    for (const Bytes& page : pages) {
        hashes.push_back(blake2b_256(page));
    }
    return hashes;
}

Manifest manifest_of(const PolicyFacts& facts, std::uint32_t generation, const Pages& pages) {
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
    policy.badge_key = facts.badge_key;
    manifest.badges = facts.badges.size();
    manifest.rule_pages = hashes_of(pages.rules);
    manifest.badge_pages = hashes_of(pages.badges);
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
    auto pages = pages_of(facts);
    if (!pages) {
        return tl::make_unexpected(pages.error());
    }
    const Bytes payload = write_manifest(manifest_of(facts, certificate->generation, *pages));
    if (const auto readable = read_manifest(payload); !readable) {
        return tl::make_unexpected(readable.error());
    }
    const auto signature = sign(
        to_be_signed(certificate->key_id, context(kPolicyLabel, facts.town, facts.agent), payload));
    Container container{facts.policy_certificate, seal(certificate->key_id, payload, signature),
                        std::move(pages->rules)};
    std::ranges::move(pages->badges, std::back_inserter(container.pages));
    Bytes file = write_container(container);
    if (const auto sound = check(file, facts); !sound) {
        return tl::make_unexpected(sound.error());
    }
    return file;
}

}  // namespace creneau::policy
