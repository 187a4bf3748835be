#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/feeds/feed_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace creneau::booking {

// SQL of feeds, each query within one town. Names are those of today.

/// Inserts a feed; answers its id (`feed.id` is not looked at).
[[nodiscard]] FeedId insert_feed(store::Session& session, TownId town, const Feed& feed,
                                 const std::string& token_hash);

/// The feed of that token, unless it was revoked.
[[nodiscard]] std::optional<Feed> select_feed(store::Session& session, TownId town,
                                              const std::string& token_hash);

/// The reader's feeds that were not revoked, oldest first.
[[nodiscard]] std::vector<Feed> select_feeds_of(store::Session& session, TownId town,
                                                PersonId reader);

/// False when the reader has no such feed, or it was revoked before.
[[nodiscard]] bool revoke_feed(store::Session& session, TownId town, const Feed& feed,
                               std::chrono::sys_seconds now);

/// The name of what a feed would be about; nothing when there is none of it in the town.
[[nodiscard]] std::optional<std::string> select_subject_name(store::Session& session, TownId town,
                                                             FeedKind kind, std::int64_t subject);

/// What a calendar says of its town.
struct TownClock {
    std::string key;
    std::string time_zone;
};
[[nodiscard]] TownClock select_town_clock(store::Session& session, TownId town);

}  // namespace creneau::booking
