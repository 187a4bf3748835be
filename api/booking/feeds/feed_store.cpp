#include "api/booking/feeds/feed_store.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/feeds/feed_types.hpp"
#include "api/store/column.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::booking {

namespace {

using soci::into;
using soci::use;
using store::raw;
using store::unix_seconds;

constexpr auto kSelect =
    "SELECT f.id, f.reader_id, f.kind, f.subject_id, f.created_at, f.booking_kind,"
    " COALESCE(r.name, s.name, a.name, p.name, '') FROM feeds f"
    " LEFT JOIN rooms r ON f.kind = 'room' AND r.id = f.subject_id"
    " LEFT JOIN sites s ON f.kind = 'site' AND s.id = f.subject_id"
    " LEFT JOIN associations a ON f.kind = 'association' AND a.id = f.subject_id"
    " LEFT JOIN people p ON f.kind = 'person' AND p.id = f.subject_id"
    " WHERE f.revoked_at IS NULL AND f.town_id = :town";

struct FeedColumns {
    std::int64_t id = 0, reader = 0, subject = 0, created_at = 0;
    std::string kind, booking_kind, name;

    void bind(soci::statement& statement) {
        statement.exchange(into(id));
        statement.exchange(into(reader));
        statement.exchange(into(kind));
        statement.exchange(into(subject));
        statement.exchange(into(created_at));
        statement.exchange(into(booking_kind));
        statement.exchange(into(name));
    }

    Feed feed() const {
        return {FeedId{id},
                PersonId{reader},
                store::present(feed_kind_of(kind), "kind of a feed"),
                subject,
                name,
                std::chrono::sys_seconds(std::chrono::seconds(created_at)),
                booking_kind};
    }
};

template <class Key>
std::vector<Feed> feeds_where(store::Session& session, TownId town, const std::string& tail,
                              const Key& key) {
    const std::int64_t town_id = raw(town);
    FeedColumns columns;
    soci::statement statement(session.sql());
    columns.bind(statement);
    statement.exchange(use(town_id));
    statement.exchange(use(key));
    statement.alloc();
    statement.prepare(kSelect + tail);
    statement.define_and_bind();
    statement.execute();
    std::vector<Feed> feeds;
    while (statement.fetch()) {
        feeds.push_back(columns.feed());
    }
    return feeds;
}

const char* table_of(FeedKind kind) {
    switch (kind) {
        case FeedKind::room:
            return "rooms";
        case FeedKind::site:
            return "sites";
        case FeedKind::association:
            return "associations";
        case FeedKind::person:
            return "people";
    }
    return "";
}

}  // namespace

FeedId insert_feed(store::Session& session, TownId town, const Feed& feed,
                   const std::string& token_hash) {
    const std::int64_t town_id = raw(town);
    const std::int64_t reader = raw(feed.reader);
    const std::int64_t created_at = unix_seconds(feed.created_at);
    const std::string kind(word_of(feed.kind));
    std::int64_t id = 0;
    session.sql() << "INSERT INTO feeds (town_id, reader_id, token_hash, kind, subject_id,"
                     " created_at, booking_kind) VALUES (:town, :reader, :hash, :kind, :subject,"
                     " :created, :booking_kind)"
                     " RETURNING id",
        use(town_id), use(reader), use(token_hash), use(kind), use(feed.subject), use(created_at),
        use(feed.booking_kind), into(id);
    return FeedId{id};
}

std::optional<Feed> select_feed(store::Session& session, TownId town,
                                const std::string& token_hash) {
    const auto feeds = feeds_where(session, town, " AND f.token_hash = :hash", token_hash);
    return feeds.empty() ? std::nullopt : std::optional(feeds.front());
}

std::vector<Feed> select_feeds_of(store::Session& session, TownId town, PersonId reader) {
    return feeds_where(session, town, " AND f.reader_id = :reader ORDER BY f.id", raw(reader));
}

bool revoke_feed(store::Session& session, TownId town, const Feed& feed,
                 std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(feed.id);
    const std::int64_t reader = raw(feed.reader);
    const std::int64_t at = unix_seconds(now);
    std::int64_t revoked = 0;
    session.sql() << "UPDATE feeds SET revoked_at = :now WHERE town_id = :town AND id = :id"
                     " AND reader_id = :reader AND revoked_at IS NULL RETURNING id",
        use(at), use(town_id), use(id), use(reader), into(revoked);
    return session.sql().got_data();
}

std::optional<std::string> select_subject_name(store::Session& session, TownId town, FeedKind kind,
                                               std::int64_t subject) {
    const std::int64_t town_id = raw(town);
    std::string name;
    session.sql() << std::string("SELECT name FROM ") + table_of(kind) +
                         " WHERE town_id = :town AND id = :id",
        use(town_id), use(subject), into(name);
    return session.sql().got_data() ? std::optional(name) : std::nullopt;
}

TownClock select_town_clock(store::Session& session, TownId town) {
    const std::int64_t town_id = raw(town);
    TownClock clock;
    session.sql() << "SELECT key, time_zone FROM towns WHERE id = :town", use(town_id),
        into(clock.key), into(clock.time_zone);
    return clock;
}

}  // namespace creneau::booking
