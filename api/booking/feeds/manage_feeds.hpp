#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/feeds/feed_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::booking {

inline constexpr std::size_t kMostFeeds = 20;  ///< that one person has at a time

enum class FeedRefusal : std::uint8_t {
    not_allowed,
    unknown_subject,
    another_person,  ///< one follows one's own bookings only
    kind_elsewhere,  ///< only rooms and sites are followed by kind of booking
    unknown_kind,    ///< of booking, in this town
    too_many,        ///< kMostFeeds: revoke one first
    unknown_feed,    ///< none of this person's, or revoked before
};

struct CreateFeed {
    TownId town{};
    PersonId actor{};  ///< whose rights it reads with, as they are at each reading
    FeedKind kind = FeedKind::person;
    std::int64_t subject = 0;  ///< for a person: the actor, or 0 which stands for them
    std::string token_hash;    ///< hash_of_feed_token(new_feed_token())
    std::chrono::sys_seconds now;
    std::string booking_kind = {};  ///< key of a kind; empty: all bookings
};

/// Writes the feed and its audit line in the caller's transaction.
[[nodiscard]] tl::expected<Feed, FeedRefusal> create_feed(store::Session& session,
                                                          const CreateFeed& order);

struct RevokeFeed {
    TownId town{};
    PersonId actor{};
    FeedId feed{};
    std::chrono::sys_seconds now;
};

/// From then on its token names nothing. Only the person who made it may.
[[nodiscard]] tl::expected<Feed, FeedRefusal> revoke_feed(store::Session& session,
                                                          const RevokeFeed& order);

}  // namespace creneau::booking
