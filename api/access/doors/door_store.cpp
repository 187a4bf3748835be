#include "api/access/doors/door_store.hpp"

#include "api/access/access_types.hpp"
#include "api/access/door_state.hpp"
#include "api/access/doors/door_types.hpp"
#include "api/people/ids.hpp"
#include "api/store/column.hpp"
#include "api/store/insert_row.hpp"
#include "api/store/only_in.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::access {

namespace {

using soci::into;
using soci::use;
using store::instant;
using store::raw;
using store::unix_seconds;

struct DoorColumns {
    static constexpr auto kNames =
        "SELECT d.id, d.site_id, d.key, d.name, COALESCE(a.key, ''), d.enabled,"
        " COALESCE(d.disabled_at, 0), d.disabled_ground, COALESCE(l.id, 0),"
        " COALESCE(p.phase, ''), COALESCE(p.since, 0) FROM doors d"
        " LEFT JOIN door_phases p ON p.door_id = d.id AND p.town_id = d.town_id"
        " LEFT JOIN door_agents a ON a.id = d.agent_id AND a.town_id = d.town_id"
        " LEFT JOIN lockdowns l ON l.town_id = d.town_id AND l.site_id = d.site_id"
        " AND l.ended_at IS NULL WHERE d.town_id = :town";

    std::int64_t id = 0, site = 0, enabled = 0, disabled_at = 0, lockdown = 0, since = 0;
    DoorRecord door;

    void bind(soci::statement& statement) {
        statement.exchange(into(id));
        statement.exchange(into(site));
        statement.exchange(into(door.key));
        statement.exchange(into(door.name));
        statement.exchange(into(door.agent));
        statement.exchange(into(enabled));
        statement.exchange(into(disabled_at));
        statement.exchange(into(door.disabled_ground));
        statement.exchange(into(lockdown));
        statement.exchange(into(door.phase));
        statement.exchange(into(since));
    }

    [[nodiscard]] DoorState state() const {
        if (enabled == 0 || disabled_at != 0) {
            return DoorState::disabled;
        }
        return lockdown != 0 ? DoorState::lockdown : DoorState::in_service;
    }

    [[nodiscard]] DoorRecord record() const {
        DoorRecord found = door;
        found.id = DoorId{id};
        found.site = SiteId{site};
        found.state = state();
        found.disabled_at = disabled_at == 0 ? std::nullopt : std::optional(instant(disabled_at));
        found.phase_since = since == 0 ? std::nullopt : std::optional(instant(since));
        return found;
    }
};

std::vector<DoorRecord> doors_where(store::Session& session, TownId town, const std::string& tail,
                                    const std::vector<std::int64_t>& numbers) {
    const std::int64_t town_id = raw(town);
    DoorColumns columns;
    soci::statement statement(session.sql());
    columns.bind(statement);
    statement.exchange(use(town_id));
    for (const std::int64_t& number : numbers) {
        statement.exchange(use(number));
    }
    statement.alloc();
    statement.prepare(DoorColumns::kNames + tail);
    statement.define_and_bind();
    statement.execute();
    std::vector<DoorRecord> doors;
    while (statement.fetch()) {
        doors.push_back(columns.record());
    }
    return doors;
}

}  // namespace

std::vector<DoorRecord> select_doors(store::Session& session, TownId town, const DoorPage& page) {
    return doors_where(
        session, town,
        store::only_in("d.site_id", page.sites) + " AND d.id > :after ORDER BY d.id LIMIT :limit",
        {page.after, page.limit});
}

std::optional<DoorRecord> select_door(store::Session& session, TownId town, DoorId id) {
    auto found = doors_where(session, town, " AND d.id = :id", {raw(id)});
    return found.empty() ? std::nullopt : std::optional(found.front());
}

void mark_disabled(store::Session& session, TownId town, DoorId id, const std::string& ground,
                   std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t door = raw(id);
    const std::int64_t at = unix_seconds(now);
    session.sql() << "UPDATE doors SET disabled_at = :at, disabled_ground = :ground"
                     " WHERE town_id = :town AND id = :id",
        use(at), use(ground), use(town_id), use(door);
}

void mark_enabled(store::Session& session, TownId town, DoorId id) {
    const std::int64_t town_id = raw(town);
    const std::int64_t door = raw(id);
    session.sql() << "UPDATE doors SET disabled_at = NULL, disabled_ground = ''"
                     " WHERE town_id = :town AND id = :id",
        use(town_id), use(door);
}

std::optional<SiteWords> select_site(store::Session& session, TownId town, SiteId site) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(site);
    SiteWords words;
    session.sql() << "SELECT name, time_zone, help_contact, help_hours FROM sites"
                     " WHERE town_id = :town AND id = :id",
        use(town_id), use(id), into(words.name), into(words.time_zone), into(words.help_contact),
        into(words.help_hours);
    return session.sql().got_data() ? std::optional(words) : std::nullopt;
}

std::optional<Lockdown> select_lockdown(store::Session& session, TownId town, SiteId site) {
    const std::int64_t town_id = raw(town);
    const std::int64_t site_id = raw(site);
    std::int64_t id = 0;
    std::int64_t begun_at = 0;
    std::int64_t begun_by = 0;
    Lockdown found;
    session.sql() << "SELECT id, ground, begun_at, begun_by_id FROM lockdowns"
                     " WHERE town_id = :town AND site_id = :site AND ended_at IS NULL",
        use(town_id), use(site_id), into(id), into(found.ground), into(begun_at), into(begun_by);
    if (!session.sql().got_data()) {
        return std::nullopt;
    }
    found.id = LockdownId{id};
    found.site = site;
    found.begun_at = instant(begun_at);
    found.begun_by = people::PersonId{begun_by};
    return found;
}

LockdownId insert_lockdown(store::Session& session, TownId town, const Lockdown& begun) {
    const std::int64_t town_id = raw(town);
    const std::int64_t site = raw(begun.site);
    const std::int64_t at = unix_seconds(begun.begun_at);
    const std::int64_t by = raw(begun.begun_by);
    return LockdownId{
        store::insert_row(session,
                          "INSERT INTO lockdowns (town_id, site_id, ground, begun_at, begun_by_id)"
                          " VALUES (:town, :site, :ground, :at, :by)",
                          use(town_id), use(site), use(begun.ground), use(at), use(by))};
}

void mark_ended(store::Session& session, TownId town, LockdownId id, people::PersonId by,
                std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t lockdown = raw(id);
    const std::int64_t person = raw(by);
    const std::int64_t at = unix_seconds(now);
    session.sql() << "UPDATE lockdowns SET ended_at = :at, ended_by_id = :by"
                     " WHERE town_id = :town AND id = :id AND ended_at IS NULL",
        use(at), use(person), use(town_id), use(lockdown);
}

}  // namespace creneau::access
