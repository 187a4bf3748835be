#include "api/privacy/unused_store.hpp"

#include "api/audit/day.hpp"
#include "api/people/ids.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::privacy {

namespace {

using soci::use;
using store::raw;
using store::unix_seconds;

/// When the newest announcement left; far ahead where it has not. Of :from, :until.
constexpr auto kAnnounced =
    "SELECT u.id, COALESCE(u.announced, 0) FROM (SELECT p.id,"
    " (SELECT MAX(CASE WHEN o.state = 'sent' THEN o.done_at ELSE 9000000000000 END) FROM outbox o"
    " WHERE o.person_id = p.id AND o.template = 'account_unused' AND o.created_at > :from"
    " AND o.created_at <= :until) AS announced FROM people p";

/// Of :town, :after, six times :before, :today, :at. A closed account can be told nothing.
constexpr auto kUnused =
    " WHERE p.town_id = :town AND p.id > :after AND p.seen_at < :before AND p.has_email = 1"
    " AND p.enabled = 1 AND p.erased_at IS NULL AND p.restricted_at IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM person_roles r WHERE r.person_id = p.id"
    " AND (r.role <> 'booker' OR r.scope_kind <> 'town'))"
    " AND NOT EXISTS (SELECT 1 FROM association_managers m WHERE m.person_id = p.id)"
    " AND NOT EXISTS (SELECT 1 FROM bookings b WHERE b.booker_id = p.id"
    " AND (b.end_at >= :of_booking OR b.requested_at >= :asked))"
    " AND NOT EXISTS (SELECT 1 FROM waits w WHERE w.booker_id = p.id AND w.end_at >= :of_wait)"
    " AND NOT EXISTS (SELECT 1 FROM holds h WHERE h.booker_id = p.id AND h.end_at >= :of_hold)"
    " AND NOT EXISTS (SELECT 1 FROM round_wishes s WHERE s.booker_id = p.id"
    " AND s.stated_at >= :of_wish)"
    " AND NOT EXISTS (SELECT 1 FROM delegations d WHERE d.ended_at IS NULL"
    " AND (d.delegator_id = p.id OR d.delegate_id = p.id) AND d.until_date >= :today)"
    " AND NOT EXISTS (SELECT 1 FROM access_tokens t WHERE t.town_id = p.town_id"
    " AND t.person_id = p.id AND t.expires_at > :at)"
    " AND NOT EXISTS (SELECT 1 FROM badges g WHERE g.town_id = p.town_id"
    " AND g.holder_kind = 'person' AND g.holder_id = p.id AND g.state = 'issued')"
    " AND NOT EXISTS (SELECT 1 FROM association_members m WHERE m.town_id = p.town_id"
    " AND LOWER(m.email) = LOWER(p.email))"
    " AND NOT EXISTS (SELECT 1 FROM subscriptions v WHERE v.town_id = p.town_id"
    " AND v.ended_at IS NULL AND LOWER(v.email) = LOWER(p.email))";

}  // namespace

std::vector<UnusedAccount> select_unused(store::Session& session, people::TownId town,
                                         const UnusedQuery& query) {
    const std::int64_t town_id = raw(town);
    const std::int64_t after = raw(query.after);
    const std::int64_t before = unix_seconds(query.before);
    const std::int64_t now = unix_seconds(query.now);
    const std::int64_t from = unix_seconds(query.now - kAnnouncementServes);
    const std::int64_t due = unix_seconds(query.now - kAnnouncedAhead);
    const std::string today = audit::text_of(std::chrono::floor<std::chrono::days>(query.now));
    std::int64_t id = 0;
    std::int64_t announced = 0;
    soci::statement statement =
        (session.sql().prepare << std::string(kAnnounced) + kUnused +
                                      ") u WHERE u.announced IS NULL OR u.announced <= :due"
                                      " ORDER BY u.id LIMIT :most",
         use(from), use(now), use(town_id), use(after), use(before), use(before), use(before),
         use(before), use(before), use(before), use(today), use(now), use(due), use(query.most),
         soci::into(id), soci::into(announced));
    statement.execute();
    std::vector<UnusedAccount> unused;
    while (statement.fetch()) {
        unused.push_back({people::PersonId{id}, announced != 0});
    }
    return unused;
}

}  // namespace creneau::privacy
