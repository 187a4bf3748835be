#include "api/privacy/retention_store.hpp"

#include "api/audit/day.hpp"
#include "api/people/ids.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <soci/soci.h>

namespace creneau::privacy {

namespace {

using soci::into;
using soci::use;
using store::raw;
using store::unix_seconds;

struct Purge {
    std::string_view kind;
    const char* ids;                  // of :town, from before :before
    std::vector<const char*> clears;  // each of one :id; the last one clears the row itself
};

const std::vector<Purge>& purges() {
    static const std::vector<Purge> all{
        {"booking_texts",
         "SELECT id FROM bookings WHERE town_id = :town AND end_at < :before AND purpose <> ''"
         " AND association_id IS NULL",
         {"UPDATE reasons SET reason = '' WHERE subject_kind = 'booking' AND subject_id = :id",
          "UPDATE bookings SET purpose = '', sequence = sequence + 1 WHERE id = :id"}},
        {"booking_texts",
         "SELECT s.id FROM series s WHERE s.town_id = :town AND s.requested_at < :before"
         " AND s.purpose <> '' AND s.association_id IS NULL AND NOT EXISTS (SELECT 1 FROM bookings "
         "b"
         " WHERE b.series_id = s.id AND b.purpose <> '')",
         {"UPDATE series SET purpose = '' WHERE id = :id"}},
        {"refusal_texts",
         "SELECT id FROM bookings WHERE town_id = :town AND decided_at < :before"
         " AND ground_text <> '' AND status IN ('refused', 'cancelled')",
         {"UPDATE bookings SET ground_text = '', sequence = sequence + 1 WHERE id = :id"}},
        {"messages",
         "SELECT id FROM outbox WHERE town_id = :town AND COALESCE(done_at, created_at) < :before"
         " AND state NOT IN ('waiting', 'letter')",
         {"DELETE FROM passing_addresses WHERE outbox_id = :id",
          "UPDATE pass_holders SET outbox_id = NULL WHERE outbox_id = :id",
          "DELETE FROM outbox WHERE id = :id"}},
        {"waiting_list",
         "SELECT id FROM holds WHERE town_id = :town AND end_at < :before AND status <> 'held'",
         {"DELETE FROM hold_equipment WHERE hold_id = :id", "DELETE FROM holds WHERE id = :id"}},
        {"waiting_list",
         "SELECT w.id FROM waits w WHERE w.town_id = :town AND w.end_at < :before AND w.status NOT"
         " IN ('waiting', 'offered') AND NOT EXISTS (SELECT 1 FROM holds h WHERE h.wait_id = w.id)",
         {"DELETE FROM wait_equipment WHERE wait_id = :id", "DELETE FROM waits WHERE id = :id"}},
        {"members",
         "SELECT m.id FROM association_members m JOIN associations a ON a.id = m.association_id"
         " WHERE m.town_id = :town AND a.enabled = 0 AND COALESCE(a.edited_at, 0) < :before",
         {"DELETE FROM association_members WHERE id = :id"}},
        {"reasons",
         "SELECT id FROM reasons WHERE town_id = :town AND at < :before",
         {"DELETE FROM reasons WHERE id = :id"}},
        {"confirmations",
         "SELECT id FROM confirmations WHERE town_id = :town AND asked_at < :before",
         {"DELETE FROM confirmations WHERE id = :id"}},
        {"access_events",
         "SELECT id FROM access_events WHERE town_id = :town AND kept_since < :before",
         {"DELETE FROM access_events WHERE id = :id"}},
    };
    return all;
}

const std::vector<Purge>& dated_purges() {
    static const std::vector<Purge> all{
        {"papers",
         "SELECT id FROM papers WHERE town_id = :town AND valid_until < :before"
         " AND valid_until <> ''",
         {"DELETE FROM paper_alerts WHERE paper_id = :id", "DELETE FROM papers WHERE id = :id"}},
    };
    return all;
}

template <class Before>
std::int64_t run(store::Session& session, const Purge& purge, std::int64_t town,
                 const Before& before, std::int64_t most) {
    std::vector<std::int64_t> ids;
    std::int64_t id = 0;
    soci::statement statement =
        (session.sql().prepare << std::string(purge.ids) + " ORDER BY 1 LIMIT :most", use(town),
         use(before), use(most), into(id));
    statement.execute();
    while (statement.fetch()) {
        ids.push_back(id);
    }
    for (const std::int64_t row : ids) {
        for (const char* const clear : purge.clears) {
            session.sql() << clear, use(row);
        }
    }
    return static_cast<std::int64_t>(ids.size());
}

}  // namespace

std::map<std::string, SetPeriod, std::less<>> select_periods(store::Session& session,
                                                             people::TownId town) {
    const std::int64_t town_id = raw(town);
    std::string kind;
    SetPeriod period;
    soci::statement statement =
        (session.sql().prepare << "SELECT kind, months, decision FROM retention"
                                  " WHERE town_id = :town",
         use(town_id), into(kind), into(period.months), into(period.decision));
    statement.execute();
    std::map<std::string, SetPeriod, std::less<>> periods;
    while (statement.fetch()) {
        periods[kind] = period;
    }
    return periods;
}

void save_period(store::Session& session, people::TownId town, const std::string& kind,
                 const PeriodSet& set) {
    const std::int64_t town_id = raw(town);
    const std::int64_t person = raw(set.by);
    const std::int64_t at = unix_seconds(set.at);
    session.sql() << "INSERT INTO retention (town_id, kind, months, decision, set_at, set_by_id)"
                     " VALUES (:town, :kind, :months, :decision, :at, :by)"
                     " ON CONFLICT (town_id, kind) DO UPDATE SET months = excluded.months,"
                     " decision = excluded.decision, set_at = excluded.set_at,"
                     " set_by_id = excluded.set_by_id",
        use(town_id), use(kind), use(set.period.months), use(set.period.decision), use(at),
        use(person);
}

TownSettings select_town_settings(store::Session& session, people::TownId town) {
    const std::int64_t id = raw(town);
    TownSettings settings;
    session.sql() << "SELECT name, service, email, phone, audit_months, audit_decision FROM towns"
                     " WHERE id = :town",
        use(id), into(settings.name), into(settings.service), into(settings.email),
        into(settings.phone), into(settings.audit_months), into(settings.audit_decision);
    return settings;
}

std::int64_t purge_rows(store::Session& session, people::TownId town, std::string_view kind,
                        std::chrono::sys_seconds before, std::int64_t most) {
    std::int64_t purged = 0;
    const std::int64_t at = unix_seconds(before);
    for (const Purge& purge : purges()) {
        if (purge.kind == kind && purged < most) {
            purged += run(session, purge, raw(town), at, most - purged);
        }
    }
    const std::string date = audit::text_of(std::chrono::floor<std::chrono::days>(before));
    for (const Purge& purge : dated_purges()) {
        if (purge.kind == kind && purged < most) {
            purged += run(session, purge, raw(town), date, most - purged);
        }
    }
    return purged;
}

std::optional<std::chrono::sys_seconds> select_last_purge(store::Session& session,
                                                          people::TownId town) {
    const std::int64_t town_id = raw(town);
    const std::string action = kPurgeDone;
    std::int64_t at = 0;
    session.sql() << "SELECT at FROM audit WHERE town_id = :town AND log = 'security'"
                     " AND action = :action ORDER BY id DESC LIMIT 1",
        use(town_id), use(action), into(at);
    return session.sql().got_data() ? std::optional(store::instant(at)) : std::nullopt;
}

}  // namespace creneau::privacy
