#include "api/signer/key_rules.hpp"

#include "api/signer/key_directory.hpp"
#include "api/signer/signer_client.hpp"
#include "api/store/present.hpp"
#include "policy/certificate.hpp"

#include <algorithm>
#include <bitset>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/core.h>
#include <tl/expected.hpp>

namespace creneau::signer {
namespace {

using std::chrono::sys_seconds;

constexpr std::size_t kMostKeys = 255;

bool ended(const Key& key, sys_seconds now) {
    return key.certified && key.certified->certificate.not_after + kDoorSkew <= now;
}

bool can_sign(const Key& key, policy::KeyUse use) {
    return key.use == use && key.secret && key.certified && key.retirement == Retirement::none;
}

bool holds(const policy::Certificate& certificate, sys_seconds at) {
    return certificate.not_before <= at && at < certificate.not_after;
}

/// Of a key that can sign.
const policy::Certificate& certificate_of(const Key& key) {
    return store::present(key.certified, "certificate of a signing key").certificate;
}

bool newer(const Key* a, const Key* b) {
    const auto& first = certificate_of(*a);
    const auto& second = certificate_of(*b);
    return std::pair(first.not_before, first.key_id) > std::pair(second.not_before, second.key_id);
}

/// Keys that sign for this use, newest first.
std::vector<const Key*> signing_keys(const KeySet& keys, policy::KeyUse use) {
    std::vector<const Key*> out;
    for (const auto& key : keys.keys) {
        if (can_sign(key, use)) {
            out.push_back(&key);
        }
    }
    std::ranges::sort(out, newer);
    return out;
}

bool long_enough(const policy::Certificate& certificate, const Window& window) {
    return window.end - window.start <= std::chrono::minutes{certificate.longest_pass_min};
}

bool covers(const policy::Certificate& certificate, const Window& window) {
    return certificate.not_before <= window.start && window.end <= certificate.not_after &&
           long_enough(certificate, window);
}

/// Why none of `keys` covers the window; at least one of them holds now or later.
SignError why_not(const std::vector<const Key*>& keys, const Window& window) {
    const auto none = [&](auto property) { return std::ranges::none_of(keys, property); };
    if (none([&](const Key* key) { return long_enough(certificate_of(*key), window); })) {
        return SignError::over_cap;
    }
    const bool past_all =
        none([&](const Key* key) { return window.end <= certificate_of(*key).not_after; });
    return past_all ? SignError::too_early : SignError::no_key;
}

const Key* newest_that_holds(const KeySet& keys, policy::KeyUse use, sys_seconds now) {
    const auto candidates = signing_keys(keys, use);
    const auto found = std::ranges::find_if(
        candidates, [&](const Key* key) { return holds(certificate_of(*key), now); });
    return found == candidates.end() ? nullptr : *found;
}

}  // namespace

std::string_view word_of(KeyState state) {
    switch (state) {
        case KeyState::requested:
            return "requested";
        case KeyState::published:
            return "published";
        case KeyState::signing:
            return "signing";
        case KeyState::retired:
            return "retired";
        case KeyState::withdrawn:
            return "withdrawn";
        case KeyState::ended:
            return "ended";
        case KeyState::refused:
            return "refused";
    }
    return "refused";
}

KeyState state_of(const Key& key, sys_seconds now) {
    if (ended(key, now)) {
        return KeyState::ended;
    }
    if (key.retirement == Retirement::withdrawn) {
        return KeyState::withdrawn;
    }
    if (key.retirement == Retirement::retired) {
        return KeyState::retired;
    }
    if (!key.secret) {
        return KeyState::refused;
    }
    if (!key.certified) {
        return KeyState::requested;
    }
    return holds(key.certified->certificate, now) ? KeyState::signing : KeyState::published;
}

tl::expected<const Key*, SignError> choose_pass_key(const KeySet& keys, const Window& window,
                                                    sys_seconds now) {
    auto candidates = signing_keys(keys, policy::KeyUse::pass);
    std::erase_if(candidates,
                  [&](const Key* key) { return certificate_of(*key).not_after <= now; });
    if (candidates.empty()) {
        return tl::unexpected(SignError::no_key);
    }
    for (const auto* key : candidates) {
        const auto& certificate = certificate_of(*key);
        if (holds(certificate, now) && covers(certificate, window)) {
            return key;
        }
    }
    std::ranges::reverse(candidates);
    for (const auto* key : candidates) {
        if (covers(certificate_of(*key), window)) {
            return key;
        }
    }
    return tl::unexpected(why_not(candidates, window));
}

const Key* choose_policy_key(const KeySet& keys, sys_seconds now) {
    return newest_that_holds(keys, policy::KeyUse::policy, now);
}

const Key* choose_command_key(const KeySet& keys, sys_seconds now) {
    return newest_that_holds(keys, policy::KeyUse::command, now);
}

std::vector<policy::IssuedCertificate> published_pass_certificates(const KeySet& keys,
                                                                   sys_seconds now) {
    std::vector<policy::IssuedCertificate> out;
    for (const auto& key : keys.keys) {
        if (key.use == policy::KeyUse::pass && key.certified && !ended(key, now) &&
            key.retirement != Retirement::withdrawn) {
            out.push_back(key.certified->issued);
        }
    }
    return out;
}

std::optional<std::uint8_t> free_key_id(const KeySet& keys, sys_seconds now) {
    std::bitset<kMostKeys + 1> living;
    std::size_t highest = 0;
    for (const auto& key : keys.keys) {
        highest = std::max<std::size_t>(highest, key.id);
        const bool forgotten = !key.secret && !key.certified && key.retirement != Retirement::none;
        living.set(key.id, !forgotten && !ended(key, now));
    }
    if (highest < kMostKeys) {
        return static_cast<std::uint8_t>(highest + 1);
    }
    for (std::size_t id = 1; id <= kMostKeys; ++id) {
        if (!living.test(id)) {
            return static_cast<std::uint8_t>(id);
        }
    }
    return std::nullopt;
}

std::vector<std::string> alarms(const KeySet& keys, sys_seconds now) {
    std::vector<std::string> out;
    for (const auto use : {policy::KeyUse::pass, policy::KeyUse::policy, policy::KeyUse::command}) {
        std::optional<sys_seconds> last;
        for (const auto* key : signing_keys(keys, use)) {
            const auto end = certificate_of(*key).not_after;
            last = std::max(last.value_or(end), end);
        }
        if (!last && use != policy::KeyUse::command) {
            out.push_back(fmt::format("no {} key can sign: request, sign and import one",
                                      policy::word_for(use)));
        } else if (last && *last <= now) {
            out.push_back(fmt::format("the last {} certificate has ended", policy::word_for(use)));
        } else if (last && *last - now < kAlarmAhead) {
            const auto days = std::chrono::floor<std::chrono::days>(*last - now).count();
            out.push_back(fmt::format("the last {} certificate ends in {} days: prepare the next",
                                      policy::word_for(use), days));
        }
    }
    return out;
}

}  // namespace creneau::signer
