#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/closures/closure_types.hpp"
#include "api/booking/feeds/feed_types.hpp"
#include "api/booking/feeds/followed_hold.hpp"
#include "api/mail/series_calendar_store.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace creneau::booking {

/// How long a feed shows what is over, and what was refused or cancelled.
inline constexpr std::chrono::days kFeedPast = mail::kGoneShown;
/// The most single bookings, series, closures and holds, each, that are read for one feed.
inline constexpr std::int64_t kMostFollowed = 1000;

struct FeedContent {
    Feed feed;
    people::Person reader;
    std::string town_key;
    std::string town_zone;
    std::vector<Site> sites;  ///< of the town
    std::vector<Room> rooms;
    std::vector<FollowedBooking> bookings;
    std::vector<FollowedSeries> series;
    std::vector<Closure> closures;    ///< that stand, of a room or a site
    std::vector<FollowedHold> holds;  ///< that hold, of a room or a site, by their start
    /// Set where there is more than a feed reads: all that begins before is there, and nothing else
    /// counts.
    std::optional<std::chrono::sys_seconds> horizon;
};

/// What the holder of a token may see now; nothing when the token names no feed, or its reader has
/// lost the right to it. Of what the reader may not see there is no more than the slots that are
/// taken, without their series.
[[nodiscard]] std::optional<FeedContent> read_feed(store::Session& session, TownId town,
                                                   const std::string& token_hash,
                                                   std::chrono::sys_seconds now);

}  // namespace creneau::booking
