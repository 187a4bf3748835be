#include "api/booking/subscriptions/subscription_store.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/subscriptions/subscription_types.hpp"
#include "api/mail/news_facts.hpp"
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
using store::raw_or_zero;
using store::unix_seconds;

template <class Id>
soci::indicator there(const std::optional<Id>& id) {
    return id ? soci::i_ok : soci::i_null;
}

/// Ids of ours are positive: 0 stands for NULL.
template <class Id>
std::optional<Id> id_or_none(std::int64_t id) {
    return id == 0 ? std::nullopt : std::optional(Id{id});
}

std::vector<BookingChange> changes_of(store::Session& session, std::int64_t subscription) {
    std::string word;
    std::vector<BookingChange> changes;
    soci::statement statement =
        (session.sql().prepare << "SELECT change FROM subscription_changes"
                                  " WHERE subscription_id = :id ORDER BY change",
         use(subscription), into(word));
    statement.execute();
    while (statement.fetch()) {
        changes.push_back(store::present(change_of_word(word), "change of a subscription"));
    }
    return changes;
}

std::vector<std::string> kinds_of(store::Session& session, std::int64_t subscription) {
    std::string kind;
    std::vector<std::string> kinds;
    soci::statement statement = (session.sql().prepare << "SELECT kind FROM subscription_kinds"
                                                          " WHERE subscription_id = :id"
                                                          " ORDER BY kind",
                                 use(subscription), into(kind));
    statement.execute();
    while (statement.fetch()) {
        kinds.push_back(kind);
    }
    return kinds;
}

/// "SELECT id, who created it, service, address in lower case, locale": bind, then fetch.
struct SubscriberColumns {
    std::int64_t id = 0, created_by = 0;
    Subscriber read;

    std::vector<Subscriber> fetched(soci::statement& statement) {
        std::vector<Subscriber> found;
        statement.execute();
        while (statement.fetch()) {
            read.id = SubscriptionId{id};
            read.created_by = PersonId{created_by};
            found.push_back(read);
        }
        return found;
    }
};

}  // namespace

SubscriptionId insert_subscription(store::Session& session, TownId town,
                                   const Subscription& subscription) {
    const std::int64_t town_id = raw(town);
    const std::string rhythm(word_of(subscription.rhythm));
    const std::string holders(word_of(subscription.holders));
    const std::int64_t site = raw_or_zero(subscription.site);
    const std::int64_t room = raw_or_zero(subscription.room);
    soci::indicator has_site = there(subscription.site);
    soci::indicator has_room = there(subscription.room);
    const std::int64_t alarms = subscription.alarms ? 1 : 0;
    const std::int64_t created_by = raw(subscription.created_by);
    const std::int64_t created_at = unix_seconds(subscription.created_at);
    std::int64_t id = 0;
    session.sql() << "INSERT INTO subscriptions (town_id, service, email, locale, rhythm, daily_at,"
                     " site_id, room_id, holders, alarms, created_by_id, created_at, told_until)"
                     " VALUES (:town, :service, :email, :locale, :rhythm, :at, :site, :room,"
                     " :holders, :alarms, :by, :created, (SELECT COALESCE(MAX(id), 0) FROM audit))"
                     " RETURNING id",
        use(town_id), use(subscription.service), use(subscription.email), use(subscription.locale),
        use(rhythm), use(subscription.daily_at), use(site, has_site), use(room, has_room),
        use(holders), use(alarms), use(created_by), use(created_at), into(id);
    for (const BookingChange change : subscription.changes) {
        const std::string word(word_of(change));
        session.sql() << "INSERT INTO subscription_changes (town_id, subscription_id, change)"
                         " VALUES (:town, :id, :change)",
            use(town_id), use(id), use(word);
    }
    for (const std::string& kind : subscription.kinds) {
        session.sql() << "INSERT INTO subscription_kinds (town_id, subscription_id, kind)"
                         " VALUES (:town, :id, :kind)",
            use(town_id), use(id), use(kind);
    }
    return SubscriptionId{id};
}

std::vector<Subscription> select_subscriptions(store::Session& session, TownId town) {
    const std::int64_t town_id = raw(town);
    std::int64_t id = 0, site = 0, room = 0, alarms = 0, created_by = 0, created_at = 0;
    std::string rhythm, holders;
    Subscription one;
    soci::statement statement =
        (session.sql().prepare
             << "SELECT id, service, email, locale, rhythm, daily_at, COALESCE(site_id, 0),"
                " COALESCE(room_id, 0), holders, alarms, created_by_id, created_at FROM "
                "subscriptions"
                " WHERE town_id = :town AND ended_at IS NULL ORDER BY id",
         use(town_id), into(id), into(one.service), into(one.email), into(one.locale), into(rhythm),
         into(one.daily_at), into(site), into(room), into(holders), into(alarms), into(created_by),
         into(created_at));
    statement.execute();
    std::vector<Subscription> found;
    while (statement.fetch()) {
        one.id = SubscriptionId{id};
        one.rhythm = store::present(rhythm_of(rhythm), "rhythm of a subscription");
        one.site = id_or_none<SiteId>(site);
        one.room = id_or_none<RoomId>(room);
        one.holders = store::present(holders_of(holders), "holders of a subscription");
        one.alarms = alarms != 0;
        one.created_by = PersonId{created_by};
        one.created_at = std::chrono::sys_seconds(std::chrono::seconds(created_at));
        found.push_back(one);
    }
    for (Subscription& subscription : found) {
        subscription.changes = changes_of(session, raw(subscription.id));
        subscription.kinds = kinds_of(session, raw(subscription.id));
    }
    return found;
}

bool end_subscription(store::Session& session, TownId town, SubscriptionId subscription,
                      std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(subscription);
    const std::int64_t at = unix_seconds(now);
    std::int64_t ended = 0;
    session.sql() << "UPDATE subscriptions SET ended_at = :now WHERE town_id = :town AND id = :id"
                     " AND ended_at IS NULL RETURNING id",
        use(at), use(town_id), use(id), into(ended);
    return session.sql().got_data();
}

std::vector<Subscriber> select_told_at_once(store::Session& session, TownId town,
                                            const ToldOf& what) {
    const std::int64_t town_id = raw(town);
    const std::int64_t room_id = raw(what.room);
    const std::string word(word_of(what.change));
    const std::string holders(
        word_of(what.of_association ? Holders::associations : Holders::individuals));
    SubscriberColumns columns;
    soci::statement statement =
        (session.sql().prepare
             << "SELECT s.id, s.created_by_id, s.service, LOWER(s.email), s.locale FROM "
                "subscriptions s"
                " JOIN subscription_changes c ON c.subscription_id = s.id"
                " WHERE s.town_id = :town AND s.rhythm = 'at_once' AND s.ended_at IS NULL"
                " AND c.change = :change AND s.holders IN ('all', :holders)"
                " AND (s.room_id IS NULL OR s.room_id = :room) AND (s.site_id IS NULL OR"
                " s.site_id = (SELECT r.site_id FROM rooms r WHERE r.id = :room2))"
                " AND (NOT EXISTS (SELECT 1 FROM subscription_kinds k WHERE k.subscription_id = "
                "s.id)"
                " OR EXISTS (SELECT 1 FROM subscription_kinds k WHERE k.subscription_id = s.id"
                " AND k.kind = :kind)) ORDER BY s.id",
         use(town_id), use(word), use(holders), use(room_id), use(room_id), use(what.kind),
         into(columns.id), into(columns.created_by), into(columns.read.service),
         into(columns.read.email), into(columns.read.locale));
    return columns.fetched(statement);
}

std::vector<Subscriber> select_due_daily(store::Session& session, TownId town,
                                         const TownMoment& now) {
    const std::int64_t town_id = raw(town);
    SubscriberColumns columns;
    soci::statement statement =
        (session.sql().prepare
             << "SELECT id, created_by_id, service, LOWER(email), locale FROM subscriptions"
                " WHERE town_id = :town AND rhythm = 'daily' AND ended_at IS NULL"
                " AND told_on < :today AND daily_at <= :time ORDER BY id",
         use(town_id), use(now.date), use(now.time), into(columns.id), into(columns.created_by),
         into(columns.read.service), into(columns.read.email), into(columns.read.locale));
    return columns.fetched(statement);
}

std::vector<mail::NewsItem> select_news(store::Session& session, TownId town,
                                        const Subscriber& subscriber) {
    const std::int64_t town_id = raw(town);
    const std::int64_t subscription = raw(subscriber.id);
    mail::NewsItem item;
    soci::statement statement =
        (session.sql().prepare
             << "SELECT c.change, b.id, r.name, t.name, b.local_start, b.local_end,"
                " COALESCE(a.name, '') FROM subscriptions s"
                " JOIN audit l ON l.id > s.told_until AND l.subject_kind = 'booking'"
                " AND l.town_id = s.town_id"
                " JOIN subscription_changes c ON c.subscription_id = s.id"
                " AND (l.action = 'booking_' || c.change"
                " OR l.action = 'booking_lapsed' AND c.change = 'refused'"
                " OR l.action = 'booking_released' AND c.change = 'moved')"
                " JOIN bookings b ON b.id = l.subject_id JOIN rooms r ON r.id = b.room_id"
                " JOIN sites t ON t.id = r.site_id LEFT JOIN associations a ON"
                " a.id = b.association_id"
                " WHERE s.town_id = :town AND s.id = :id"
                " AND (s.room_id IS NULL OR s.room_id = b.room_id)"
                " AND (s.site_id IS NULL OR s.site_id = r.site_id)"
                " AND (s.holders = 'all' OR (s.holders = 'associations') ="
                " (b.association_id IS NOT NULL))"
                " AND (NOT EXISTS (SELECT 1 FROM subscription_kinds k WHERE k.subscription_id = "
                "s.id)"
                " OR EXISTS (SELECT 1 FROM subscription_kinds k WHERE k.subscription_id = s.id"
                " AND k.kind = b.kind))"
                " AND l.id = (SELECT MAX(m.id) FROM audit m JOIN subscription_changes d"
                " ON (m.action = 'booking_' || d.change"
                " OR m.action = 'booking_lapsed' AND d.change = 'refused'"
                " OR m.action = 'booking_released' AND d.change = 'moved')"
                " WHERE d.subscription_id = s.id"
                " AND m.subject_kind = 'booking' AND m.subject_id = b.id)"
                " AND (c.change IN ('refused', 'cancelled')"
                " OR b.status NOT IN ('refused', 'cancelled'))"
                " AND (c.change <> 'approved' OR b.status <> 'pending')"
                " ORDER BY b.start_at, b.id",
         use(town_id), use(subscription), into(item.change), into(item.booking_id), into(item.room),
         into(item.site), into(item.local_start), into(item.local_end), into(item.association));
    statement.execute();
    std::vector<mail::NewsItem> news;
    while (statement.fetch()) {
        news.push_back(item);
    }
    return news;
}

bool mark_told(store::Session& session, TownId town, const Subscriber& subscriber,
               const std::string& date) {
    const std::int64_t town_id = raw(town);
    const std::int64_t subscription = raw(subscriber.id);
    std::int64_t marked = 0;
    session.sql() << "UPDATE subscriptions SET told_on = :date,"
                     " told_until = (SELECT COALESCE(MAX(id), 0) FROM audit)"
                     " WHERE town_id = :town AND id = :id AND told_on < :date2"
                     " AND ended_at IS NULL RETURNING id",
        use(date), use(town_id), use(subscription), use(date), into(marked);
    return session.sql().got_data();
}

TownWords select_town_words(store::Session& session, TownId town) {
    const std::int64_t town_id = raw(town);
    TownWords words;
    session.sql() << "SELECT name, service, email, phone, time_zone FROM towns WHERE id = :town",
        use(town_id), into(words.name), into(words.service), into(words.email), into(words.phone),
        into(words.time_zone);
    return words;
}

}  // namespace creneau::booking
