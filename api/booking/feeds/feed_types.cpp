#include "api/booking/feeds/feed_types.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <utility>

namespace creneau::booking {

namespace {

constexpr std::array<std::pair<FeedKind, std::string_view>, 4> kWords{{
    {FeedKind::room, "room"},
    {FeedKind::site, "site"},
    {FeedKind::association, "association"},
    {FeedKind::person, "person"},
}};

}  // namespace

std::string_view word_of(FeedKind kind) {
    const auto* found =
        std::ranges::find(kWords, kind, &std::pair<FeedKind, std::string_view>::first);
    if (found == kWords.end()) {
        std::abort();
    }
    return found->second;
}

std::optional<FeedKind> feed_kind_of(std::string_view word) {
    const auto* found =
        std::ranges::find(kWords, word, &std::pair<FeedKind, std::string_view>::second);
    return found == kWords.end() ? std::nullopt : std::optional(found->first);
}

}  // namespace creneau::booking
