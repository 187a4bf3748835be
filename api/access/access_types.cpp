#include "api/access/access_types.hpp"

#include <array>
#include <cstdlib>
#include <optional>
#include <string_view>

namespace creneau::access {

namespace {

template <class E, std::size_t N>
std::optional<E> find_word(const std::array<E, N>& all, std::string_view word) {
    for (const E candidate : all) {
        if (word_of(candidate) == word) {
            return candidate;
        }
    }
    return std::nullopt;
}

}  // namespace

std::string_view word_of(HolderKind kind) {
    switch (kind) {
        case HolderKind::association:
            return "association";
        case HolderKind::person:
            return "person";
    }
    std::abort();
}

std::string_view word_of(Way way) {
    switch (way) {
        case Way::qr:
            return "qr";
        case Way::badge:
            return "badge";
        case Way::key:
            return "key";
        case Way::staff:
            return "staff";
    }
    std::abort();
}

std::string_view word_of(RevokeReason reason) {
    switch (reason) {
        case RevokeReason::moved:
            return "moved";
        case RevokeReason::cancelled:
            return "cancelled";
        case RevokeReason::reissued:
            return "reissued";
        case RevokeReason::lost:
            return "lost";
        case RevokeReason::misuse:
            return "misuse";
        case RevokeReason::departed:
            return "departed";
        case RevokeReason::other:
            return "other";
    }
    std::abort();
}

std::optional<HolderKind> holder_kind_of(std::string_view word) {
    return find_word(std::array{HolderKind::association, HolderKind::person}, word);
}

std::optional<Way> way_of(std::string_view word) {
    return find_word(std::array{Way::qr, Way::badge, Way::key, Way::staff}, word);
}

std::optional<RevokeReason> revoke_reason_of(std::string_view word) {
    return find_word(std::array{RevokeReason::moved, RevokeReason::cancelled,
                                RevokeReason::reissued, RevokeReason::lost, RevokeReason::misuse,
                                RevokeReason::other, RevokeReason::departed},
                     word);
}

}  // namespace creneau::access
