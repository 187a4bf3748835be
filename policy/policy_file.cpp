#include "policy/policy_file.hpp"

#include "policy/badge.hpp"
#include "policy/certificate.hpp"
#include "policy/container.hpp"
#include "policy/door.hpp"
#include "policy/envelope.hpp"
#include "policy/error.hpp"
#include "policy/fingerprint.hpp"
#include "policy/manifest.hpp"
#include "policy/page.hpp"
#include "policy/policy.hpp"
#include "policy/schedule.hpp"
#include "qr/public_key.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace creneau::policy {
namespace {

tl::unexpected<PolicyError> refuse(PolicyFault fault, std::string place) {
    return tl::make_unexpected(PolicyError{fault, std::move(place)});
}

PolicyError under(std::string_view prefix, PolicyError error) {
    error.place = std::string{prefix} + "/" + error.place;
    return error;
}

tl::expected<Certificate, PolicyError> open_for(KeyUse use, const IssuedCertificate& issued,
                                                const Expectations& expected) {
    auto certificate = open_certificate(issued, expected.roots, expected.town);
    if (certificate && certificate->use != use) {
        return refuse(PolicyFault::wrong_use, "certificate/use");
    }
    return certificate;
}

tl::expected<Manifest, PolicyError> open_manifest(std::span<const std::uint8_t> bytes,
                                                  const Certificate& key,
                                                  const Expectations& expected) {
    const auto envelope = frame(bytes, kLargestManifest, "manifest");
    if (!envelope) {
        return tl::make_unexpected(envelope.error());
    }
    const auto public_key = qr::PublicKey::load(key.public_key);
    if (!public_key || envelope->key_id != key.key_id ||
        !verifies(*public_key, *envelope, context(kPolicyLabel, expected.town, expected.agent))) {
        return refuse(PolicyFault::bad_signature, "manifest/signature");
    }
    return read_manifest(envelope->payload);
}

tl::expected<void, PolicyError> check_claims(const Policy& policy, const Certificate& key,
                                             const Expectations& expected) {
    if (policy.town != expected.town) {
        return refuse(PolicyFault::wrong_town, "manifest/town");
    }
    if (policy.agent != expected.agent) {
        return refuse(PolicyFault::wrong_agent, "manifest/agent");
    }
    if (policy.order.generation != key.generation) {
        return refuse(PolicyFault::outside_certificate, "manifest/generation");
    }
    if (policy.issued_at < key.not_before || policy.issued_at >= key.not_after) {
        return refuse(PolicyFault::outside_certificate, "manifest/issued_at");
    }
    if (expected.held && newer(*expected.held, policy.order)) {
        return refuse(PolicyFault::older, "manifest/version");
    }
    if (expected.trusted_now && policy.issued_at > *expected.trusted_now + kFutureLimit) {
        return refuse(PolicyFault::issued_in_future, "manifest/issued_at");
    }
    if (expected.nonce && policy.nonce != *expected.nonce) {
        return refuse(PolicyFault::wrong_nonce, "manifest/nonce");
    }
    return {};
}

// Pages of one kind, from `first` on; `read` takes the bytes and the slot of each.
tl::expected<void, PolicyError> open_pages(const ContainerView& container, std::size_t first,
                                           const std::vector<Hash>& hashes, const auto& read) {
    const auto bits = static_cast<unsigned>(std::countr_zero(hashes.size()));
    for (std::size_t i = 0; i < hashes.size(); ++i) {
        const std::string place = "file/pages/" + std::to_string(first + i);
        const auto page = container.pages[first + i];
        if (blake2b_256(page) != hashes[i]) {
            return refuse(PolicyFault::page_mismatch, place);
        }
        if (auto done = read(page, PageSlot{i, bits, place}); !done) {
            return done;
        }
    }
    return {};
}

tl::expected<void, PolicyError> open_rule_pages(const ContainerView& container,
                                                const Manifest& manifest, Policy& policy) {
    RulePage rows;
    const auto opened = open_pages(
        container, 0, manifest.rule_pages,
        [&](auto page, const PageSlot& slot) { return read_rule_page(page, slot, rows); });
    if (!opened) {
        return opened;
    }
    std::ranges::sort(rows.revocations, {}, &Revocation::pass_id);
    std::ranges::sort(rows.schedules, {}, &Schedule::id);
    std::ranges::sort(rows.access_sets, {}, &AccessSet::id);
    policy.revocations = std::move(rows.revocations);
    policy.schedules = std::move(rows.schedules);
    policy.access_sets = std::move(rows.access_sets);
    return {};
}

// Pages follow the first bits of the hashes, so that the rows ascend over all of them.
tl::expected<void, PolicyError> open_badge_pages(const ContainerView& container,
                                                 const Manifest& manifest, Policy& policy) {
    policy.badges.reserve(manifest.badges);
    const auto opened = open_pages(container, manifest.rule_pages.size(), manifest.badge_pages,
                                   [&](auto page, const PageSlot& slot) {
                                       return read_badge_page(page, slot, policy.badges);
                                   });
    if (opened && policy.badges.size() != manifest.badges) {
        return refuse(PolicyFault::page_mismatch, "manifest/badges");
    }
    return opened;
}

// Whatever a row names is there, so that a decision never meets a gap.
tl::expected<void, PolicyError> check_references(const Policy& policy) {
    for (const Door& door : policy.doors) {
        if (door.free_access && policy.find_schedule(*door.free_access) == nullptr) {
            return refuse(PolicyFault::unknown_row, "manifest/doors/" + door.key + "/free_access");
        }
    }
    for (const AccessSet& set : policy.access_sets) {
        for (const AccessRule& rule : set.rules) {
            if (policy.find_schedule(rule.schedule) == nullptr) {
                return refuse(PolicyFault::unknown_row, "access_sets/schedule");
            }
        }
    }
    for (const BadgeRecord& badge : policy.badges) {
        if (policy.find_access_set(badge.access) == nullptr) {
            return refuse(PolicyFault::unknown_row, "badges/access");
        }
    }
    return {};
}

tl::expected<void, PolicyError> open_all_pages(const ContainerView& container,
                                               const Manifest& manifest, Policy& policy) {
    if (container.pages.size() != manifest.rule_pages.size() + manifest.badge_pages.size()) {
        return refuse(PolicyFault::page_mismatch, "file/pages");
    }
    auto opened = open_rule_pages(container, manifest, policy);
    if (opened) {
        opened = open_badge_pages(container, manifest, policy);
    }
    if (opened) {
        opened = check_references(policy);
    }
    return opened;
}

tl::expected<void, PolicyError> open_pass_keys(const Manifest& manifest,
                                               const Expectations& expected, Policy& policy) {
    for (std::size_t i = 0; i < manifest.pass_certificates.size(); ++i) {
        const std::string place = "manifest/pass_certificates/" + std::to_string(i);
        const auto certificate = open_for(KeyUse::pass, manifest.pass_certificates[i], expected);
        if (!certificate) {
            return tl::make_unexpected(under(place, certificate.error()));
        }
        const auto key = qr::PublicKey::load(certificate->public_key);
        if (!key) {
            return refuse(PolicyFault::weak_key, place);
        }
        if (!policy.pass_keys.add({*key, *certificate})) {
            return refuse(PolicyFault::duplicate, place + "/key_id");
        }
    }
    return {};
}

}  // namespace

tl::expected<Policy, PolicyError> open_policy_file(std::span<const std::uint8_t> bytes,
                                                   const Expectations& expected) {
    const auto container = view_container(bytes);
    if (!container) {
        return tl::make_unexpected(container.error());
    }
    const auto key = open_for(KeyUse::policy, container->policy_certificate, expected);
    if (!key) {
        return tl::make_unexpected(key.error());
    }
    auto manifest = open_manifest(container->manifest, *key, expected);
    if (!manifest) {
        return tl::make_unexpected(manifest.error());
    }
    Policy policy = std::move(manifest->policy);
    auto opened = check_claims(policy, *key, expected);
    if (opened) {
        opened = open_all_pages(*container, *manifest, policy);
    }
    if (opened) {
        opened = open_pass_keys(*manifest, expected, policy);
    }
    if (!opened) {
        return tl::make_unexpected(opened.error());
    }
    return policy;
}

}  // namespace creneau::policy
