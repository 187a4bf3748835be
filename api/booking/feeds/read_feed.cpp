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

/// Opens what the reader may see and drops what is not even taken. That something is taken for
/// bookings of one kind is more than "taken": there, nothing else is left.
void judge(FeedContent& content, std::chrono::sys_seconds ended_after) {
    const auto shows_taken = [&](const FollowedBooking& followed) {
        return content.feed.booking_kind.empty() &&
               takes_room(followed, content.rooms, ended_after);
    };
    std::erase_if(content.bookings, [&](FollowedBooking& followed) {
        followed.open = may_see(content.reader, followed.booking);
        return !followed.open && !shows_taken(followed);
    });
    for (FollowedSeries& series : content.series) {
        std::erase_if(series.occurrences, [&](FollowedBooking& followed) {
            followed.open = may_see(content.reader, followed.booking);
            if (!followed.open && shows_taken(followed)) {
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

/// Where a list that is full ends: nothing that begins earlier is missing.
template <class List, class StartOf>
void end_where_full(FeedContent& content, const List& list, StartOf start_of) {
    if (std::cmp_less(list.size(), kMostFollowed)) {
        return;
    }
    const std::chrono::sys_seconds last = start_of(list.back());
    content.horizon = std::min(content.horizon.value_or(last), last);
}

/// The first slot of a series that made it one of the feed.
std::chrono::sys_seconds first_start(const FollowedSeries& series,
                                     std::chrono::sys_seconds ended_after) {
    auto first = std::chrono::sys_seconds::max();
    for (const FollowedBooking& followed : series.occurrences) {
        if (followed.booking.slot.at.end > ended_after) {
            first = std::min(first, followed.booking.slot.at.start);
        }
    }
    return first;
}

void set_horizon(FeedContent& content, std::chrono::sys_seconds ended_after) {
    end_where_full(content, content.bookings,
                   [](const FollowedBooking& followed) { return followed.booking.slot.at.start; });
    end_where_full(content, content.series,
                   [&](const FollowedSeries& series) { return first_start(series, ended_after); });
    end_where_full(content, content.closures,
                   [](const Closure& closure) { return closure.slot.at.start; });
    end_where_full(content, content.holds,
                   [](const FollowedHold& followed) { return followed.hold.claim.slot.at.start; });
}

/// What holds a room of the feed; whom it is for, only who may see it learns.
std::vector<FollowedHold> holds_of(store::Session& session, TownId town, const FeedContent& content,
                                   std::chrono::sys_seconds now) {
    if (!content.feed.booking_kind.empty()) {
        return {};  // a hold is of no kind
    }
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
    Follow follow{feed->kind, feed->subject, now - kFeedPast, now - kFeedPast, kMostFollowed};
    if (!feed->booking_kind.empty()) {
        follow.of_kind_of = feed->id;
    }
    content.bookings = select_followed(session, town, follow);
    content.series = select_followed_series(session, town, follow);
    content.closures = closures_of(session, town, follow);
    content.holds = holds_of(session, town, content, now);
    set_horizon(content, follow.ended_after);
    judge(content, follow.ended_after);
    std::ranges::sort(content.bookings, {}, [](const FollowedBooking& followed) {
        return std::pair(followed.booking.slot.at.start, followed.booking.id);
    });
    return content;
}

}  // namespace creneau::booking
