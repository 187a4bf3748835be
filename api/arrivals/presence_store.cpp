#include "api/arrivals/presence_store.hpp"

#include "api/arrivals/movement_types.hpp"
#include "api/people/person.hpp"
#include "api/store/column.hpp"
#include "api/store/insert_row.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include <soci/soci.h>

namespace creneau::arrivals {

namespace {

using soci::into;
using soci::use;
using store::Nullable;
using store::raw;
using store::unix_seconds;

std::optional<std::chrono::sys_seconds> instant_or_none(std::int64_t seconds) {
    return seconds == 0 ? std::nullopt : std::optional(store::instant(seconds));
}

/// Disabled or enabled; an import of the town's file leaves it so.
void keep_enabled(store::Session& session, TownId town, PersonId person, bool is_enabled,
                  std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(person);
    const std::int64_t enabled = is_enabled ? 1 : 0;
    const std::int64_t at = unix_seconds(now);
    session.sql() << "UPDATE people SET enabled = :enabled, edited_at = :at, version = version + 1"
                     " WHERE town_id = :town AND id = :id",
        use(enabled), use(at), use(town_id), use(id);
}

struct LastMovement {
    std::int64_t id = 0;
    std::int64_t at = 0;
};

/// Of those that were not withdrawn; zeros without one.
LastMovement last_movement(store::Session& session, TownId town, PersonId person,
                           const std::string& kind) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(person);
    LastMovement last;
    session.sql() << "SELECT id, at FROM staff_movements WHERE town_id = :town"
                     " AND person_id = :person AND kind = :kind AND withdrawn_at IS NULL"
                     " ORDER BY id DESC LIMIT 1",
        use(town_id), use(id), use(kind), into(last.id), into(last.at);
    return last;
}

}  // namespace

std::optional<Presence> select_presence(store::Session& session, TownId town, PersonId person) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(person);
    std::int64_t from = 0;
    std::int64_t until = 0;
    session.sql() << "SELECT COALESCE(active_from, 0), COALESCE(active_until, 0) FROM people"
                     " WHERE town_id = :town AND id = :id",
        use(town_id), use(id), into(from), into(until);
    return session.sql().got_data()
               ? std::optional(Presence{instant_or_none(from), instant_or_none(until)})
               : std::nullopt;
}

bool has_left_as_announced(store::Session& session, TownId town, PersonId person) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(person);
    std::int64_t count = 0;
    session.sql() << "SELECT COUNT(*) FROM staff_movements m JOIN people p ON p.id = m.person_id"
                     " AND p.erased_at IS NULL WHERE m.town_id = :town AND m.person_id = :id"
                     " AND m.id = (SELECT MAX(x.id) FROM staff_movements x"
                     " WHERE x.person_id = m.person_id)"
                     " AND ((m.kind = 'departure' AND m.done_at IS NOT NULL)"
                     " OR (m.withdrawn_at IS NOT NULL AND NOT EXISTS"
                     " (SELECT 1 FROM staff s WHERE s.person_id = m.person_id)))",
        use(town_id), use(id), into(count);
    return count > 0;
}

void follow_movements(store::Session& session, TownId town, PersonId person) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(person);
    const auto arrival = last_movement(session, town, person, "arrival");
    const auto departure = last_movement(session, town, person, "departure");
    auto from = Nullable::at(instant_or_none(arrival.at));
    auto until =
        Nullable::at(departure.id > arrival.id ? instant_or_none(departure.at) : std::nullopt);
    session.sql() << "UPDATE people SET active_from = :from, active_until = :until,"
                     " version = version + 1 WHERE town_id = :town AND id = :id",
        use(from.value, from.there), use(until.value, until.there), use(town_id), use(id);
}

void open_account(store::Session& session, TownId town, PersonId person,
                  std::chrono::sys_seconds now) {
    keep_enabled(session, town, person, true, now);
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(person);
    session.sql() << "INSERT INTO person_roles (town_id, person_id, role)"
                     " SELECT CAST(:town AS BIGINT), CAST(:id AS BIGINT), 'booker'"
                     " WHERE NOT EXISTS (SELECT 1 FROM person_roles WHERE person_id = :same"
                     " AND role = 'booker' AND scope_kind = 'town')",
        use(town_id), use(id), use(id);
}

void close_account(store::Session& session, TownId town, PersonId person,
                   std::chrono::sys_seconds now) {
    keep_enabled(session, town, person, false, now);
}

std::int64_t take_roles(store::Session& session, TownId town, PersonId person) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(person);
    soci::statement statement =
        (session.sql().prepare
             << "DELETE FROM person_roles WHERE town_id = :town AND person_id = :id",
         use(town_id), use(id));
    statement.execute(true);
    return statement.get_affected_rows();
}

void end_subscriptions(store::Session& session, TownId town, PersonId person,
                       std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(person);
    const std::int64_t at = unix_seconds(now);
    session.sql() << "UPDATE subscriptions SET ended_at = :at WHERE town_id = :town"
                     " AND ended_at IS NULL AND LOWER(email) ="
                     " (SELECT LOWER(email) FROM people WHERE id = :id)",
        use(at), use(town_id), use(id);
}

void keep_last_day(store::Session& session, TownId town, PersonId person, const std::string& date) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(person);
    session.sql() << "UPDATE staff SET until_date = CASE WHEN '' <> CAST(:given AS TEXT)"
                     " AND from_date > CAST(:date AS TEXT) THEN from_date"
                     " ELSE CAST(:same AS TEXT) END, version = version + 1"
                     " WHERE town_id = :town AND person_id = :id",
        use(date), use(date), use(date), use(town_id), use(id);
}

void keep_first_day(store::Session& session, TownId town, PersonId person,
                    const std::string& before, const std::string& date) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(person);
    session.sql() << "UPDATE staff SET from_date = :date, version = version + 1"
                     " WHERE town_id = :town AND person_id = :id"
                     " AND (until_date = '' OR until_date >= :least)",
        use(date), use(town_id), use(id), use(date);
    session.sql() << "UPDATE duties SET from_date = :date WHERE town_id = :town"
                     " AND person_id = :id AND from_date = :before"
                     " AND (until_date = '' OR until_date >= :least)",
        use(date), use(town_id), use(id), use(before), use(date);
}

void end_duties(store::Session& session, TownId town, PersonId person, const std::string& date) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(person);
    session.sql() << "DELETE FROM duties WHERE town_id = :town AND person_id = :id"
                     " AND from_date > :date",
        use(town_id), use(id), use(date);
    session.sql() << "UPDATE duties SET until_date = :date WHERE town_id = :town"
                     " AND person_id = :id AND (until_date = '' OR until_date > :last)",
        use(date), use(town_id), use(id), use(date);
}

void forget_staff(store::Session& session, TownId town, PersonId person) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(person);
    session.sql() << "DELETE FROM duties WHERE town_id = :town AND person_id = :id", use(town_id),
        use(id);
    session.sql() << "DELETE FROM staff WHERE town_id = :town AND person_id = :id", use(town_id),
        use(id);
}

}  // namespace creneau::arrivals
