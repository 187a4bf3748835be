#include "policy/decide.hpp"

#include "policy/badge.hpp"
#include "policy/certificate.hpp"
#include "policy/decide_parts.hpp"
#include "policy/door.hpp"
#include "policy/memory.hpp"
#include "policy/policy.hpp"
#include "qr/digits.hpp"
#include "qr/pass.hpp"
#include "qr/public_key.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <variant>

#include <tl/expected.hpp>

namespace creneau::policy {
namespace {

tl::unexpected<Refusal> refuse(Reason reason, Check check) {
    return tl::make_unexpected(Refusal{reason, check});
}

std::chrono::seconds skew(const Policy& policy, const ClockState& clock) {
    const auto drift = std::clamp(clock.drift, std::chrono::seconds{0}, kLargestSkew);
    return std::min(policy.settings.skew + drift, kLargestSkew);
}

tl::expected<qr::PassBytes, Refusal> bytes_of(const Credential& credential) {
    if (const auto* bytes = std::get_if<qr::PassBytes>(&credential)) {
        return *bytes;
    }
    const auto read = qr::from_reader(std::get<PassText>(credential).text);
    if (read) {
        return *read;
    }
    const bool shape = read.error() == qr::DigitsError::wrong_shape;
    return refuse(Reason::malformed, shape ? Check::shape : Check::range);
}

// The key is looked at before its signature is, which costs a thousand times more. While the
// clock is untrusted nobody knows whether the key is in its window; the pass is refused later.
tl::expected<const PassKey*, Refusal> key_for(const qr::PassFields& pass, const Policy& policy,
                                              const Presented& presented) {
    const PassKey* key = policy.pass_keys.find(pass.key_id);
    if (key == nullptr) {
        return refuse(Reason::bad_signature, Check::key_known);
    }
    const Certificate& certificate = key->certificate;
    const auto slack = skew(policy, presented.clock);
    if (presented.clock.trust != ClockTrust::untrusted &&
        (presented.at + slack < certificate.not_before ||
         presented.at - slack >= certificate.not_after)) {
        return refuse(Reason::bad_signature, Check::key_window);
    }
    if (pass.not_before < certificate.not_before || end_of(pass) > certificate.not_after) {
        return refuse(Reason::bad_signature, Check::pass_in_key_window);
    }
    if (pass.duration_min > certificate.longest_pass_min) {
        return refuse(Reason::bad_signature, Check::longest_pass);
    }
    return key;
}

tl::expected<qr::PassFields, Refusal> authenticate(const Policy& policy,
                                                   const Presented& presented) {
    const auto bytes = bytes_of(presented.credential);
    if (!bytes) {
        return tl::make_unexpected(bytes.error());
    }
    const auto pass = qr::decode_pass(*bytes);
    if (!pass) {
        return refuse(Reason::malformed, Check::fields);
    }
    const auto key = key_for(*pass, policy, presented);
    if (!key) {
        return tl::make_unexpected(key.error());
    }
    if (!qr::verify_pass((*key)->key, policy.town, *bytes)) {
        return refuse(Reason::bad_signature, Check::signature);
    }
    return *pass;
}

std::optional<Refusal> door_refusal(const qr::PassFields& pass, const Policy& policy,
                                    const Presented& presented) {
    const auto door = open_door_row(policy, presented.door);
    if (!door) {
        return door.error();
    }
    if (!policy.covers(pass.scope, presented.door)) {
        return Refusal{Reason::wrong_door, Check::scope};
    }
    if (presented.clock.trust == ClockTrust::untrusted) {
        return Refusal{Reason::clock_untrusted, Check::clock};
    }
    const auto age = age_of(policy, presented);
    const bool expired = freshness(policy.settings, age) == Freshness::expired;
    if (expired && (!(*door)->passes_when_expired || age > kLongestExpired)) {
        return Refusal{Reason::policy_expired, Check::policy_age};
    }
    return std::nullopt;
}

std::optional<Refusal> time_refusal(const qr::PassFields& pass, const Policy& policy,
                                    const Presented& presented) {
    const auto slack = skew(policy, presented.clock);
    if (presented.at + slack < pass.not_before) {
        return Refusal{Reason::not_yet_valid, Check::time};
    }
    if (presented.at - slack >= end_of(pass)) {
        return Refusal{Reason::expired, Check::time};
    }
    return std::nullopt;
}

bool revoked(const qr::PassFields& pass, const Policy& policy, const Memory& memory) {
    const Revocation* listed = policy.find_revocation(pass.pass_id);
    const auto kept = memory.revocations.find(pass.pass_id);
    return (listed != nullptr && pass.revision <= listed->revision) ||
           (kept != memory.revocations.end() && pass.revision <= kept->second.revision);
}

std::uint8_t highest_seen(const qr::PassFields& pass, const Memory& memory) {
    const auto seen = memory.revisions.find(pass.pass_id);
    return seen == memory.revisions.end() ? std::uint8_t{0} : seen->second.revision;
}

std::optional<Refusal> record_refusal(const qr::PassFields& pass, const Policy& policy,
                                      const Memory& memory, std::uint16_t door) {
    if (revoked(pass, policy, memory)) {
        return Refusal{Reason::revoked, Check::revocation};
    }
    if (pass.revision < highest_seen(pass, memory)) {
        return Refusal{Reason::superseded_revision, Check::revision};
    }
    if (pass.use == qr::Use::once_per_door && memory.uses.contains({pass.pass_id, door})) {
        return Refusal{Reason::already_used, Check::use};
    }
    return std::nullopt;
}

std::optional<Refusal> first_refusal(const qr::PassFields& pass, const Policy& policy,
                                     const Memory& memory, const Presented& presented) {
    if (const auto refusal = door_refusal(pass, policy, presented)) {
        return refusal;
    }
    if (const auto refusal = time_refusal(pass, policy, presented)) {
        return refusal;
    }
    return record_refusal(pass, policy, memory, presented.door);
}

}  // namespace

Decision refused(const Refusal& refusal) {
    Decision decision;
    decision.reason = refusal.reason;
    decision.check = refusal.check;
    return decision;
}

tl::expected<const Door*, Refusal> open_door_row(const Policy& policy, std::uint16_t door) {
    const Door* row = policy.find_door(door);
    if (row == nullptr) {
        return refuse(Reason::wrong_door, Check::door_known);
    }
    switch (row->state) {
        case ServiceState::in_service:
            return row;
        case ServiceState::lockdown:
            return refuse(Reason::lockdown, Check::door_state);
        case ServiceState::disabled:
            break;
    }
    return refuse(Reason::door_disabled, Check::door_state);
}

std::chrono::seconds age_of(const Policy& policy, const Presented& presented) {
    return std::max(presented.at - policy.issued_at, presented.clock.policy_age_at_least);
}

namespace {

Decision decide_pass(const Policy& policy, const Memory& memory, const Presented& presented) {
    const auto pass = authenticate(policy, presented);
    if (!pass) {
        return refused(pass.error());
    }
    return decide_signed(policy, memory, *pass, presented);
}

}  // namespace

Decision decide_signed(const Policy& policy, const Memory& memory, const qr::PassFields& pass,
                       const Presented& presented) {
    const auto refusal = first_refusal(pass, policy, memory, presented);
    Decision decision = refusal ? refused(*refusal)
                                : granted(policy, memory, *policy.find_door(presented.door),
                                          presented, Reason::granted_booking);
    decision.pass = pass;
    // A newer revision supersedes the older ones as soon as it is shown, even at the wrong door.
    if (decision.reason != Reason::expired && pass.revision > highest_seen(pass, memory)) {
        decision.changes.revision = RevisionMark{pass.pass_id, pass.revision, end_of(pass)};
    }
    if (decision.allow && pass.use == qr::Use::once_per_door) {
        decision.changes.use = UseMark{pass.pass_id, presented.door, end_of(pass)};
    }
    return decision;
}

Decision decide(const Policy& policy, const Memory& memory, const Presented& presented) {
    if (const auto* badge = std::get_if<BadgeNumber>(&presented.credential)) {
        return decide_badge(policy, memory, presented, *badge);
    }
    if (std::holds_alternative<NoCredential>(presented.credential)) {
        return decide_free(policy, memory, presented);
    }
    return decide_pass(policy, memory, presented);
}

}  // namespace creneau::policy
