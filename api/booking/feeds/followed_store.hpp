#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/feeds/feed_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace creneau::booking {

/// Which bookings a feed shows. Those of a room are also those of the rooms that share a space with
/// it; those of a person also those of the associations that the person manages.
struct Follow {
    FeedKind kind = FeedKind::person;
    std::int64_t subject = 0;
    std::chrono::sys_seconds ended_after;
    std::chrono::sys_seconds gone_after;  ///< what was refused or cancelled before is left out
    std::int64_t most = 0;
    std::optional<FeedId> of_kind_of{};  ///< only bookings of the kind that this feed names
};

/// Single bookings by start. `open` is not decided yet.
[[nodiscard]] std::vector<FollowedBooking> select_followed(store::Session& session, TownId town,
                                                           const Follow& follow);

/// Series of which an occurrence ended after `ended_after`, each with all its occurrences, those
/// before included, so that it keeps its shape when they are over.
[[nodiscard]] std::vector<FollowedSeries> select_followed_series(store::Session& session,
                                                                 TownId town, const Follow& follow);

}  // namespace creneau::booking
