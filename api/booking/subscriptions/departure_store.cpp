#include "api/booking/subscriptions/departure_store.hpp"

#include "api/booking/booking_types.hpp"
#include "api/mail/facts.hpp"
#include "api/mail/news_facts.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::booking {

using soci::into;
using soci::use;
using store::raw;

void insert_departure(store::Session& session, TownId town, const Departure& departure) {
    const std::int64_t town_id = raw(town);
    const std::int64_t booking = raw(departure.booking);
    const std::int64_t room = raw(departure.room);
    session.sql() << "INSERT INTO booking_departures (audit_id, town_id, booking_id, room_id,"
                     " local_start, local_end) VALUES ((SELECT MAX(l.id) FROM audit l"
                     " WHERE l.subject_kind = 'booking' AND l.subject_id = :subject), :town,"
                     " :booking, :room, :start, :end)",
        use(booking), use(town_id), use(booking), use(room), use(departure.local_start),
        use(departure.local_end);
}

std::vector<mail::NewsItem> select_departed(store::Session& session, TownId town,
                                            SubscriptionId subscription) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(subscription);
    mail::NewsItem item;
    mail::FormerSlot left;
    soci::statement statement =
        (session.sql().prepare
             << "SELECT CASE WHEN b.status IN ('refused', 'cancelled') THEN b.status"
                " ELSE 'moved' END, b.id, r.name, t.name, b.local_start, b.local_end,"
                " COALESCE(a.name, ''), f.name, d.local_start, d.local_end FROM subscriptions s"
                " JOIN subscription_changes c ON c.subscription_id = s.id AND c.change = 'moved'"
                " JOIN booking_departures d ON d.audit_id > s.told_until AND d.town_id = s.town_id"
                " JOIN rooms f ON f.id = d.room_id"
                " JOIN bookings b ON b.id = d.booking_id JOIN rooms r ON r.id = b.room_id"
                " JOIN sites t ON t.id = r.site_id LEFT JOIN associations a ON"
                " a.id = b.association_id"
                " WHERE s.town_id = :town AND s.id = :id"
                // Of a subscription to the whole town nothing leaves what it follows.
                " AND ((s.room_id = f.id AND s.room_id <> r.id)"
                " OR (s.site_id = f.site_id AND s.site_id <> r.site_id))"
                " AND (s.holders = 'all' OR (s.holders = 'associations') ="
                " (b.association_id IS NOT NULL))"
                " AND (NOT EXISTS (SELECT 1 FROM subscription_kinds k"
                " WHERE k.subscription_id = s.id)"
                " OR EXISTS (SELECT 1 FROM subscription_kinds k WHERE k.subscription_id = s.id"
                " AND k.kind = b.kind))"
                " AND d.audit_id = (SELECT MAX(e.audit_id) FROM booking_departures e"
                " JOIN rooms g ON g.id = e.room_id WHERE e.audit_id > s.told_until"
                " AND e.booking_id = b.id AND (g.id = s.room_id OR g.site_id = s.site_id))"
                " ORDER BY b.start_at, b.id",
         use(town_id), use(id), into(item.change), into(item.booking_id), into(item.room),
         into(item.site), into(item.local_start), into(item.local_end), into(item.association),
         into(left.room), into(left.local_start), into(left.local_end));
    statement.execute();
    std::vector<mail::NewsItem> news;
    while (statement.fetch()) {
        news.push_back(item);
        news.back().previous = left;
    }
    return news;
}

}  // namespace creneau::booking
