#include "api/booking/feeds/read_feed.hpp"

#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/closures/closure_store.hpp"
#include "api/booking/closures/closure_types.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/feeds/feed_store.hpp"
#include "api/booking/feeds/feed_types.hpp"
#include "api/booking/feeds/followed_hold.hpp"
#include "api/booking/feeds/followed_store.hpp"
#include "api/booking/holds/hold_store.hpp"
#include "api/booking/holds/hold_types.hpp"
#include "api/people/people_store.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

/// True when the room is taken by a booking of which the reader may know no more than that.
bool takes_room(const FollowedBooking& followed, const std::vector<Room>& rooms,
                std::chrono::sys_seconds ended_after) {
    const Booking& booking = followed.booking;
    const auto room = std::ranges::find(rooms, booking.room, &Room::id);
    return room != rooms.end() && occupies(booking.status, room->pending_blocks) &&
           booking.slot.at.end > ended_after;
}

/// Opens what the reader may see and drops what is not even taken.
void judge(FeedContent& content, std::chrono::sys_seconds ended_after) {
    std::erase_if(content.bookings, [&](FollowedBooking& followed) {
        followed.open = may_see(content.reader, followed.booking);
        return !followed.open && !takes_room(followed, content.rooms, ended_after);
    });
    for (FollowedSeries& series : content.series) {
        std::erase_if(series.occurrences, [&](FollowedBooking& followed) {
            followed.open = may_see(content.reader, followed.booking);
            if (!followed.open && takes_room(followed, content.rooms, ended_after)) {
                followed.booking.series.reset();
                content.bookings.push_back(followed);
            }
            return !followed.open;
        });
    }
    std::erase_if(content.series,
                  [](const FollowedSeries& series) { return series.occurrences.empty(); });
}

/// What closes the room or the site, told to everybody.
std::vector<Closure> closures_of(store::Session& session, TownId town, const Follow& follow) {
    ClosureQuery query;
    query.range = {follow.ended_after, std::chrono::sys_seconds::max()};
    query.limit = follow.most;
    if (follow.kind == FeedKind::room) {
        query.room = RoomId{follow.subject};
    } else if (follow.kind == FeedKind::site) {
        query.site = SiteId{follow.subject};
    } else {
        return {};
    }
    return select_closures(session, town, query);
}

/// What holds a room of the feed; whom it is for, only who may see it learns.
std::vector<FollowedHold> holds_of(store::Session& session, TownId town, const FeedContent& content,
                                   std::chrono::sys_seconds now) {
    HoldQuery query;
    query.now = now;
    if (content.feed.kind == FeedKind::room) {
        query.room = RoomId{content.feed.subject};
    } else if (content.feed.kind == FeedKind::site) {
        query.site = SiteId{content.feed.subject};
    } else {
        return {};
    }
    std::vector<FollowedHold> holds;
    for (Hold& hold : select_holds(session, town, query)) {
        const bool open = may_see(content.reader, hold.claim);
        holds.push_back({std::move(hold), open});
    }
    std::ranges::sort(holds, {}, [](const FollowedHold& followed) {
        return std::pair(followed.hold.claim.slot.at.start, followed.hold.id);
    });
    if (std::cmp_greater(holds.size(), kMostFollowed)) {
        holds.erase(holds.begin() + kMostFollowed, holds.end());
    }
    return holds;
}

}  // namespace

std::optional<FeedContent> read_feed(store::Session& session, TownId town,
                                     const std::string& token_hash, std::chrono::sys_seconds now) {
    const auto feed = select_feed(session, town, token_hash);
    auto reader = feed ? people::find_person(session, town, feed->reader) : std::nullopt;
    if (!reader || !reader->is_active(now) || !may_follow(*reader, *feed)) {
        return std::nullopt;
    }
    FeedContent content;
    content.feed = *feed;
    content.reader = *std::move(reader);
    const TownClock clock = select_town_clock(session, town);
    content.town_key = clock.key;
    content.town_zone = clock.time_zone;
    content.sites = list_sites(session, town);
    content.rooms = list_rooms(session, town);
    const Follow follow{feed->kind, feed->subject, now - kFeedPast, now - kFeedPast, kMostFollowed};
    content.bookings = select_followed(session, town, follow);
    content.series = select_followed_series(session, town, follow);
    content.closures = closures_of(session, town, follow);
    content.holds = holds_of(session, town, content, now);
    judge(content, follow.ended_after);
    std::ranges::sort(content.bookings, {}, [](const FollowedBooking& followed) {
        return std::pair(followed.booking.slot.at.start, followed.booking.id);
    });
    return content;
}

}  // namespace creneau::booking
