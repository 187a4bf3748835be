#include "api/access/badge_rules.hpp"

#include "api/access/access_types.hpp"
#include "api/access/badge_types.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::access {

namespace {

constexpr std::array<std::size_t, 5> kNumberBytes{3, 4, 5, 7, 10};
constexpr std::array kStates{BadgeState::issued, BadgeState::lost, BadgeState::returned,
                             BadgeState::revoked};

std::optional<char> hex_digit(char typed) {
    if ((typed >= '0' && typed <= '9') || (typed >= 'a' && typed <= 'f')) {
        return typed;
    }
    return typed >= 'A' && typed <= 'F' ? std::optional(static_cast<char>(typed - 'A' + 'a'))
                                        : std::nullopt;
}

bool is_separator(char typed) {
    return typed == ':' || typed == '-' || typed == ' ';
}

}  // namespace

std::string_view word_of(BadgeState state) {
    switch (state) {
        case BadgeState::issued:
            return "issued";
        case BadgeState::lost:
            return "lost";
        case BadgeState::returned:
            return "returned";
        case BadgeState::revoked:
            return "revoked";
    }
    std::abort();
}

std::optional<BadgeState> badge_state_of(std::string_view word) {
    const auto* const found =
        std::ranges::find_if(kStates, [word](BadgeState state) { return word == word_of(state); });
    return found == kStates.end() ? std::nullopt : std::optional(*found);
}

std::optional<std::string> canonical_number(std::string_view typed) {
    std::string digits;
    for (const char one : typed) {
        if (const auto digit = hex_digit(one)) {
            digits += *digit;
        } else if (!is_separator(one) || digits.size() % 2 != 0) {
            return std::nullopt;
        }
    }
    const bool fits = digits.size() % 2 == 0 &&
                      std::ranges::find(kNumberBytes, digits.size() / 2) != kNumberBytes.end();
    return fits ? std::optional(digits) : std::nullopt;
}

std::optional<Interval> policy_interval(const HeldBadge& held, std::chrono::sys_seconds now) {
    const Badge& badge = held.badge;
    if (badge.state != BadgeState::issued || !held.holder_enabled) {
        return std::nullopt;
    }
    Interval valid{badge.from, now + kLongestBadgeRecord};
    if (held.holder_from) {
        valid.start = std::max(valid.start, *held.holder_from);
    }
    for (const auto& end : {badge.until, held.holder_until}) {
        if (end) {
            valid.end = std::min(valid.end, *end);
        }
    }
    const bool holds =
        valid.start < now + kNamedAhead && now < valid.end && valid.start < valid.end;
    return holds ? std::optional(valid) : std::nullopt;
}

std::vector<BadgeEntry> policy_entries(const std::vector<HeldBadge>& held,
                                       std::chrono::sys_seconds now) {
    std::vector<BadgeEntry> entries;
    for (const HeldBadge& one : held) {
        if (const auto valid = policy_interval(one, now)) {
            entries.push_back({one.badge.id, one.badge.holder, *valid, one.number_sealed});
        }
    }
    return entries;
}

}  // namespace creneau::access
