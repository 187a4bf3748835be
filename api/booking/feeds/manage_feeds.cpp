#include "api/booking/feeds/manage_feeds.hpp"

#include "api/audit/audit_store.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/feeds/feed_store.hpp"
#include "api/booking/feeds/feed_types.hpp"
#include "api/booking/kinds/check_kind.hpp"
#include "api/people/people_store.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace creneau::booking {

namespace {

struct Act {
    TownId town{};
    PersonId actor{};
    std::chrono::sys_seconds now;
};

void record(store::Session& session, const Act& act, std::string_view action, const Feed& feed) {
    audit::Line line;
    line.at = act.now;
    line.actor = act.actor;
    line.action = action;
    line.subject_kind = "feed";
    line.subject = static_cast<std::int64_t>(feed.id);
    line.log = audit::Log::security;  // its token opens the town's calendar to whoever has it
    audit::append(session, act.town, line);
}

/// Whether the kind of booking that is asked for, if any, can be followed there.
std::optional<FeedRefusal> check_followed_kind(store::Session& session, const CreateFeed& order) {
    if (order.booking_kind.empty()) {
        return std::nullopt;
    }
    if (order.kind != FeedKind::room && order.kind != FeedKind::site) {
        return FeedRefusal::kind_elsewhere;
    }
    return check_kind(session, order.town, order.booking_kind).empty()
               ? std::nullopt
               : std::optional(FeedRefusal::unknown_kind);
}

}  // namespace

tl::expected<Feed, FeedRefusal> create_feed(store::Session& session, const CreateFeed& order) {
    const auto actor = people::find_person(session, order.town, order.actor);
    const auto self = static_cast<std::int64_t>(order.actor);
    const bool is_own = order.kind == FeedKind::person;
    if (is_own && order.subject != 0 && order.subject != self) {
        return tl::unexpected(FeedRefusal::another_person);
    }
    Feed feed;
    feed.reader = order.actor;
    feed.kind = order.kind;
    feed.subject = is_own ? self : order.subject;
    feed.created_at = order.now;
    feed.booking_kind = order.booking_kind;
    const auto name = select_subject_name(session, order.town, feed.kind, feed.subject);
    if (!name) {
        return tl::unexpected(FeedRefusal::unknown_subject);
    }
    if (!actor || !may_follow(*actor, feed)) {
        return tl::unexpected(FeedRefusal::not_allowed);
    }
    if (const auto refusal = check_followed_kind(session, order)) {
        return tl::unexpected(*refusal);
    }
    if (select_feeds_of(session, order.town, order.actor).size() >= kMostFeeds) {
        return tl::unexpected(FeedRefusal::too_many);
    }
    feed.subject_name = *name;
    feed.id = insert_feed(session, order.town, feed, order.token_hash);
    record(session, {order.town, order.actor, order.now}, "feed_created", feed);
    return feed;
}

tl::expected<Feed, FeedRefusal> revoke_feed(store::Session& session, const RevokeFeed& order) {
    const auto feeds = select_feeds_of(session, order.town, order.actor);
    const auto found = std::ranges::find(feeds, order.feed, &Feed::id);
    if (found == feeds.end() || !revoke_feed(session, order.town, *found, order.now)) {
        return tl::unexpected(FeedRefusal::unknown_feed);
    }
    record(session, {order.town, order.actor, order.now}, "feed_revoked", *found);
    return *found;
}

}  // namespace creneau::booking
