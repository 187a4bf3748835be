#include "api/access/alarms/alarm_store.hpp"

#include "api/access/access_types.hpp"
#include "api/access/alarms/alarm_rules.hpp"
#include "api/access/alarms/alarm_types.hpp"
#include "api/access/doors/door_types.hpp"
#include "api/access/events/event_types.hpp"
#include "api/store/column.hpp"
#include "api/store/insert_row.hpp"
#include "api/store/only_in.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <soci/soci.h>

namespace creneau::access {

namespace {

using soci::into;
using soci::use;
using store::instant;
using store::raw;
using store::unix_seconds;

/// The columns of an alarm, and where they land. Ids and instants of ours are positive: 0 stands
/// for NULL.
struct AlarmColumns {
    static constexpr auto kNames =
        "l.id, l.kind, l.agent_id, COALESCE(l.door_id, 0), l.begun_at, COALESCE(l.ended_at, 0),"
        " l.heard_at";

    std::int64_t id = 0, agent = 0, door = 0, begun = 0, ended = 0, heard = 0;
    std::string kind;

    void bind(soci::statement& statement) {
        statement.exchange(into(id));
        statement.exchange(into(kind));
        for (auto* column : {&agent, &door, &begun, &ended, &heard}) {
            statement.exchange(into(*column));
        }
    }

    [[nodiscard]] Alarm alarm() const {
        return {AlarmId{id},
                {store::present(alarm_kind_of(kind), "kind of an alarm"), AgentId{agent},
                 door == 0 ? std::nullopt : std::optional(DoorId{door})},
                instant(begun),
                ended == 0 ? std::nullopt : std::optional(instant(ended)),
                instant(heard)};
    }
};

std::vector<Alarm> alarms_where(store::Session& session, const std::string& rest,
                                const std::vector<std::int64_t>& numbers) {
    AlarmColumns columns;
    soci::statement statement(session.sql());
    columns.bind(statement);
    for (const std::int64_t& number : numbers) {
        statement.exchange(use(number));
    }
    statement.alloc();
    statement.prepare(std::string("SELECT ") + AlarmColumns::kNames + rest);
    statement.define_and_bind();
    statement.execute();
    std::vector<Alarm> alarms;
    while (statement.fetch()) {
        alarms.push_back(columns.alarm());
    }
    return alarms;
}

void add_doors(store::Session& session, std::int64_t town, std::vector<WatchedAgent>& agents) {
    std::int64_t id = 0;
    std::int64_t agent = 0;
    std::int64_t since = 0;
    WatchedDoor door;
    soci::statement rows =
        (session.sql().prepare << "SELECT d.id, d.agent_id, COALESCE(p.phase, ''),"
                                  " COALESCE(p.since, 0) FROM doors d"
                                  " LEFT JOIN door_phases p ON p.door_id = d.id"
                                  " WHERE d.town_id = :town AND d.agent_id IS NOT NULL"
                                  " ORDER BY d.id",
         use(town), into(id), into(agent), into(door.phase), into(since));
    rows.execute();
    while (rows.fetch()) {
        const auto of = std::ranges::find(agents, AgentId{agent}, &WatchedAgent::id);
        if (of != agents.end()) {
            door.id = DoorId{id};
            door.since = instant(since);
            of->doors.push_back(door);
        }
    }
}

}  // namespace

std::vector<WatchedAgent> select_watched_agents(store::Session& session, TownId town) {
    const std::int64_t town_id = raw(town);
    std::int64_t id = 0;
    std::int64_t confirmed = 0;
    std::int64_t seen = 0;
    std::int64_t age = 0;
    WatchedAgent agent;
    soci::statement rows =
        (session.sql().prepare << "SELECT id, COALESCE(confirmed_at, 0), COALESCE(seen_at, 0),"
                                  " clock, COALESCE(policy_age, -1), journal_unsent,"
                                  " journal_capacity FROM door_agents WHERE town_id = :town"
                                  " AND public_key IS NOT NULL ORDER BY id",
         use(town_id), into(id), into(confirmed), into(seen), into(agent.clock), into(age),
         into(agent.journal_unsent), into(agent.journal_capacity));
    rows.execute();
    std::vector<WatchedAgent> agents;
    while (rows.fetch()) {
        agent.id = AgentId{id};
        agent.confirmed_at = instant(confirmed);
        agent.seen_at = seen == 0 ? std::nullopt : std::optional(instant(seen));
        agent.policy_age = age < 0 ? std::nullopt : std::optional(std::chrono::seconds(age));
        agents.push_back(agent);
    }
    add_doors(session, town_id, agents);
    return agents;
}

std::vector<Alarm> select_known_alarms(store::Session& session, TownId town) {
    return alarms_where(session,
                        " FROM alarms l JOIN door_agents a ON a.id = l.agent_id"
                        " WHERE l.town_id = :town AND (l.ended_at IS NULL"
                        " OR l.heard_at > COALESCE(a.seen_at, 0) - :settles) ORDER BY l.id",
                        {raw(town), kAlarmSettles.count()});
}

std::vector<Alarm> select_door_alarms(store::Session& session, TownId town, AgentId agent) {
    return alarms_where(session,
                        " FROM alarms l WHERE l.town_id = :town AND l.agent_id = :agent"
                        " AND l.door_id IS NOT NULL AND l.ended_at IS NULL ORDER BY l.id",
                        {raw(town), raw(agent)});
}

std::optional<Alarm> insert_alarm(store::Session& session, TownId town, const AlarmSubject& subject,
                                  std::chrono::sys_seconds begun_at, std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::string kind(word_of(subject.kind));
    const std::int64_t agent = raw(subject.agent);
    auto door = store::Nullable::of(subject.door);
    const std::int64_t begun = unix_seconds(begun_at);
    const std::int64_t heard = unix_seconds(now);
    std::int64_t id = 0;
    session.sql() << "INSERT INTO alarms (town_id, kind, agent_id, door_id, begun_at, heard_at)"
                     " VALUES (:town, :kind, :agent, :door, :begun, :heard)"
                     " ON CONFLICT DO NOTHING RETURNING id",
        use(town_id), use(kind), use(agent), use(door.value, door.there), use(begun), use(heard),
        into(id);
    if (!session.sql().got_data()) {
        return std::nullopt;
    }
    return Alarm{AlarmId{id}, subject, begun_at, std::nullopt, now};
}

bool end_alarm(store::Session& session, TownId town, const Alarm& ended) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(ended.id);
    const std::int64_t at =
        unix_seconds(store::present(ended.ended_at, "end of an alarm that is over"));
    const std::int64_t heard = unix_seconds(ended.heard_at);
    std::int64_t found = 0;
    session.sql() << "UPDATE alarms SET ended_at = :at, heard_at = :heard WHERE town_id = :town"
                     " AND id = :id AND ended_at IS NULL RETURNING id",
        use(at), use(heard), use(town_id), use(id), into(found);
    return session.sql().got_data();
}

std::vector<AlarmRecord> select_alarms(store::Session& session, TownId town,
                                       const AlarmQuery& query) {
    const std::int64_t town_id = raw(town);
    const std::int64_t before = store::raw_or_zero(query.before);
    std::int64_t site = 0;
    AlarmRecord record;
    AlarmColumns columns;
    soci::statement statement(session.sql());
    columns.bind(statement);
    statement.exchange(into(site));
    statement.exchange(into(record.agent));
    statement.exchange(into(record.door));
    statement.exchange(use(town_id));
    if (query.before) {
        statement.exchange(use(before));
    }
    statement.exchange(use(query.limit));
    statement.alloc();
    statement.prepare(std::string("SELECT ") + AlarmColumns::kNames +
                      ", COALESCE(d.site_id, a.site_id), a.key, COALESCE(d.name, '')"
                      " FROM alarms l JOIN door_agents a ON a.id = l.agent_id"
                      " LEFT JOIN doors d ON d.id = l.door_id WHERE l.town_id = :town" +
                      store::only_in("COALESCE(d.site_id, a.site_id)", query.sites) +
                      (query.before ? " AND l.id < :before" : "") +
                      (query.going_on ? " AND l.ended_at IS NULL" : "") +
                      " ORDER BY l.id DESC LIMIT :limit");
    statement.define_and_bind();
    statement.execute();
    std::vector<AlarmRecord> found;
    while (statement.fetch()) {
        record.alarm = columns.alarm();
        record.site = SiteId{site};
        found.push_back(record);
    }
    return found;
}

AlarmPlace select_alarm_place(store::Session& session, TownId town, const AlarmSubject& subject) {
    const std::int64_t town_id = raw(town);
    const std::int64_t agent = raw(subject.agent);
    const std::int64_t door = store::raw_or_zero(subject.door);
    AlarmPlace place;
    session.sql() << "SELECT s.name, s.time_zone, s.help_contact, s.help_hours, a.key,"
                     " COALESCE((SELECT d.name FROM doors d WHERE d.id = :door), '')"
                     " FROM door_agents a JOIN sites s ON s.id = a.site_id"
                     " WHERE a.town_id = :town AND a.id = :agent",
        use(door), use(town_id), use(agent), into(place.site), into(place.time_zone),
        into(place.help_contact), into(place.help_hours), into(place.agent), into(place.door);
    return place;
}

std::vector<AlarmReader> select_alarm_readers(store::Session& session, TownId town,
                                              const AlarmSubject& subject) {
    const std::int64_t town_id = raw(town);
    const std::int64_t agent = raw(subject.agent);
    const std::int64_t door = store::raw_or_zero(subject.door);
    AlarmReader reader;
    soci::statement rows =
        (session.sql().prepare
             << "SELECT s.id, s.created_by_id, s.service, LOWER(s.email), s.locale"
                " FROM subscriptions s WHERE s.town_id = :town AND s.alarms = 1"
                " AND s.ended_at IS NULL AND (s.site_id IS NULL OR s.site_id ="
                " (SELECT a.site_id FROM door_agents a WHERE a.id = :agent))"
                " AND (s.room_id IS NULL OR EXISTS (SELECT 1 FROM rooms r"
                " JOIN zone_doors z ON z.zone_id = r.access_zone_id"
                " JOIN doors d ON d.id = z.door_id WHERE r.id = s.room_id"
                " AND d.agent_id = :agent2 AND CAST(:door AS BIGINT) IN (0, d.id)))"
                " ORDER BY s.id",
         use(town_id), use(agent), use(agent), use(door), into(reader.subscription),
         into(reader.created_by), into(reader.service), into(reader.email), into(reader.locale));
    rows.execute();
    std::vector<AlarmReader> readers;
    while (rows.fetch()) {
        readers.push_back(reader);
    }
    return readers;
}

}  // namespace creneau::access
