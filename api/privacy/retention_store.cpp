#include "api/privacy/retention_store.hpp"

#include "api/audit/day.hpp"
#include "api/people/ids.hpp"
#include "api/people/throttle_rules.hpp"
#include "api/privacy/retention_rules.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
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
    bool by_date = false;             // :before is a date, otherwise an instant
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
         " AND state NOT IN ('waiting', 'letter') AND template <> 'account_unused'",
         {"DELETE FROM passing_addresses WHERE outbox_id = :id",
          "UPDATE pass_holders SET outbox_id = NULL WHERE outbox_id = :id",
          "DELETE FROM outbox WHERE id = :id"}},
        {"messages",
         "SELECT id FROM outbox WHERE town_id = :town AND created_at < :before AND state = "
         "'letter'",
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
        {"access_events",
         "SELECT id FROM alarms WHERE town_id = :town AND ended_at < :before",
         {"DELETE FROM alarms WHERE id = :id"}},
        {"access_events",
         "SELECT id FROM door_commands WHERE town_id = :town AND asked_at < :before",
         {"DELETE FROM door_commands WHERE id = :id"}},
        {"papers",
         "SELECT id FROM papers WHERE town_id = :town AND valid_until < :before"
         " AND valid_until <> ''",
         {"DELETE FROM paper_alerts WHERE paper_id = :id", "DELETE FROM papers WHERE id = :id"},
         true},
        // Without an end of its own: once a newer one took its place.
        {"papers",
         "SELECT p.id FROM papers p WHERE p.town_id = :town AND p.valid_until = '' AND EXISTS"
         " (SELECT 1 FROM papers n WHERE n.town_id = p.town_id AND n.holder_kind = p.holder_kind"
         " AND n.holder_id = p.holder_id AND n.kind = p.kind AND n.id > p.id"
         " AND n.accepted_at < :before)",
         {"DELETE FROM paper_alerts WHERE paper_id = :id", "DELETE FROM papers WHERE id = :id"}},
        // Nobody's last one: what an account is now follows from it.
        {"movements",
         "SELECT m.id FROM staff_movements m WHERE m.town_id = :town AND m.at < :before"
         " AND (m.done_at IS NOT NULL OR m.withdrawn_at IS NOT NULL) AND m.id <"
         " (SELECT MAX(x.id) FROM staff_movements x WHERE x.person_id = m.person_id"
         " AND x.withdrawn_at IS NULL)",
         {"DELETE FROM movement_notices WHERE movement_id = :id",
          "DELETE FROM staff_movements WHERE id = :id"}},
        {"duties",
         "SELECT id FROM duties WHERE town_id = :town AND until_date < :before"
         " AND until_date <> ''",
         {"DELETE FROM duties WHERE id = :id"},
         true},
        {"badges",
         "SELECT b.id FROM badges b WHERE b.town_id = :town AND b.changed_at < :before"
         " AND b.state IN ('returned', 'revoked') AND NOT EXISTS"
         " (SELECT 1 FROM access_events e WHERE e.badge_id = b.id)",
         {"DELETE FROM badges WHERE id = :id"}},
        // Whoever was told that their account ends is erased only while that is known.
        {kUnusedAccounts,
         "SELECT id FROM outbox WHERE town_id = :town AND COALESCE(done_at, created_at) < :before"
         " AND state <> 'waiting' AND template = 'account_unused'",
         {"DELETE FROM outbox WHERE id = :id"}},
        {"account_traces",
         "SELECT id FROM sessions WHERE town_id = :town AND ends_at < :before",
         {"DELETE FROM sessions WHERE id = :id"}},
        {"account_traces",
         "SELECT id FROM account_codes WHERE town_id = :town AND ends_at < :before",
         {"DELETE FROM account_codes WHERE id = :id"}},
        {"account_traces",
         "SELECT id FROM access_tokens WHERE town_id = :town AND expires_at < :before",
         {"DELETE FROM access_tokens WHERE id = :id"}},
    };
    return all;
}

/// Nothing where the kind has no such place.
const Purge* purge_of(const DueRows& due) {
    std::size_t place = 0;
    for (const Purge& purge : purges()) {
        if (purge.kind == due.kind && place++ == due.place) {
            return &purge;
        }
    }
    return nullptr;
}

/// The rows of `purge` among those from `from` to `to`, both included.
struct IdRange {
    std::int64_t from = 0;
    std::int64_t to = std::numeric_limits<std::int64_t>::max();
};

template <class Before>
std::vector<std::int64_t> select_before(store::Session& session, const Purge& purge,
                                        std::int64_t town, const Before& before,
                                        const IdRange& range, std::int64_t most) {
    std::vector<std::int64_t> ids;
    std::int64_t id = 0;
    soci::statement statement =
        (session.sql().prepare << "SELECT due.id FROM (" + std::string(purge.ids) +
                                      ") due WHERE due.id BETWEEN :from AND :to"
                                      " ORDER BY due.id LIMIT :most",
         use(town), use(before), use(range.from), use(range.to), use(most), into(id));
    statement.execute();
    while (statement.fetch()) {
        ids.push_back(id);
    }
    return ids;
}

std::vector<std::int64_t> select_in(store::Session& session, people::TownId town,
                                    const DueRows& due, const IdRange& range, std::int64_t most) {
    const Purge* const purge = purge_of(due);
    if (purge == nullptr) {
        return {};
    }
    if (purge->by_date) {
        const std::string date = audit::text_of(std::chrono::floor<std::chrono::days>(due.before));
        return select_before(session, *purge, raw(town), date, range, most);
    }
    return select_before(session, *purge, raw(town), unix_seconds(due.before), range, most);
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

std::size_t purge_places(std::string_view kind) {
    return static_cast<std::size_t>(std::ranges::count(purges(), kind, &Purge::kind));
}

std::vector<std::int64_t> select_due_rows(store::Session& session, people::TownId town,
                                          const DueRows& due, std::int64_t most) {
    return select_in(session, town, due, {.from = due.after + 1}, most);
}

std::int64_t purge_rows(store::Session& session, people::TownId town, const DueRows& due,
                        const std::vector<std::int64_t>& ids) {
    std::int64_t purged = 0;
    for (const std::int64_t id : ids) {
        if (select_in(session, town, due, {id, id}, 1).empty()) {
            continue;
        }
        for (const char* const clear : purge_of(due)->clears) {
            session.sql() << clear, use(id);
        }
        ++purged;
    }
    return purged;
}

std::int64_t sweep_day_old(store::Session& session, people::TownId town,
                           std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t answers = unix_seconds(now - kAnswersKept);
    const std::int64_t failures = unix_seconds(now - people::kFailuresForgotten);
    soci::statement old_answers = (session.sql().prepare << "DELETE FROM idempotency_keys WHERE"
                                                            " town_id = :town"
                                                            " AND created_at <= :before",
                                   use(town_id), use(answers));
    old_answers.execute(true);
    soci::statement old_failures = (session.sql().prepare << "DELETE FROM sign_in_failures WHERE"
                                                             " town_id = :town"
                                                             " AND last_at <= :before",
                                    use(town_id), use(failures));
    old_failures.execute(true);
    return old_answers.get_affected_rows() + old_failures.get_affected_rows();
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
