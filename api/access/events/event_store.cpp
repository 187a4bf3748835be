#include "api/access/events/event_store.hpp"

#include "api/access/access_types.hpp"
#include "api/access/badge_types.hpp"
#include "api/access/doors/door_types.hpp"
#include "api/access/events/event_seal_rules.hpp"
#include "api/access/events/event_types.hpp"
#include "api/people/ids.hpp"
#include "api/store/column.hpp"
#include "api/store/insert_row.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <map>
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

template <class Id>
std::optional<Id> id_or_none(std::int64_t id) {
    return id == 0 ? std::nullopt : std::optional(Id{id});
}

std::optional<people::AssociationId> association_of(const std::string& holder_kind,
                                                    std::int64_t holder) {
    return holder_kind == word_of(HolderKind::association)
               ? std::optional(people::AssociationId{holder})
               : std::nullopt;
}

struct EventColumns {
    static constexpr auto kNames =
        "SELECT e.id, e.occurred_at, e.received_at, e.clock, a.key, COALESCE(e.door_id, 0),"
        " e.reader, e.kind, e.reason, COALESCE(e.pass_number, 0), COALESCE(e.badge_id, 0),"
        " COALESCE(e.association_id, 0), COALESCE(s.name, ''), e.count FROM access_events e"
        " JOIN access_journals j ON j.id = e.journal_id JOIN door_agents a ON a.id = j.agent_id"
        " LEFT JOIN associations s ON s.id = e.association_id AND s.town_id = e.town_id"
        " WHERE e.town_id = :town AND e.occurred_at >= :from AND e.occurred_at < :until";

    std::int64_t id = 0, occurred = 0, received = 0, door = 0, pass = 0, badge = 0, whose = 0;
    AccessEvent event;

    void bind(soci::statement& statement) {
        statement.exchange(into(id));
        statement.exchange(into(occurred));
        statement.exchange(into(received));
        statement.exchange(into(event.clock));
        statement.exchange(into(event.agent));
        statement.exchange(into(door));
        statement.exchange(into(event.reader));
        statement.exchange(into(event.kind));
        statement.exchange(into(event.reason));
        statement.exchange(into(pass));
        statement.exchange(into(badge));
        statement.exchange(into(whose));
        statement.exchange(into(event.association));
        statement.exchange(into(event.count));
    }

    [[nodiscard]] AccessEvent read() const {
        AccessEvent found = event;
        found.id = EventId{id};
        found.occurred_at = instant(occurred);
        found.received_at = instant(received);
        found.door = id_or_none<DoorId>(door);
        found.shown.pass_number = pass == 0 ? std::nullopt : std::optional(pass);
        found.shown.badge = id_or_none<BadgeId>(badge);
        found.shown.association = id_or_none<people::AssociationId>(whose);
        return found;
    }
};

}  // namespace

bool is_known_agent(store::Session& session, TownId town, AgentId agent) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(agent);
    std::int64_t count = 0;
    session.sql() << "SELECT COUNT(*) FROM door_agents WHERE town_id = :town AND id = :id",
        use(town_id), use(id), into(count);
    return count == 1;
}

std::map<std::string, DoorId> select_agent_doors(store::Session& session, TownId town,
                                                 AgentId agent) {
    const std::int64_t town_id = raw(town);
    const std::int64_t agent_id = raw(agent);
    std::int64_t id = 0;
    std::string key;
    soci::statement rows = (session.sql().prepare << "SELECT id, key FROM doors"
                                                     " WHERE town_id = :town AND agent_id = :agent",
                            use(town_id), use(agent_id), into(id), into(key));
    rows.execute();
    std::map<std::string, DoorId> doors;
    while (rows.fetch()) {
        doors.emplace(key, DoorId{id});
    }
    return doors;
}

ShownCredential select_shown_pass(store::Session& session, TownId town, std::int64_t pass_id) {
    const std::int64_t town_id = raw(town);
    std::int64_t number = 0;
    std::int64_t holder = 0;
    std::string kind;
    session.sql() << "SELECT p.number, p.holder_kind, p.holder_id FROM credentials c"
                     " JOIN passes p ON p.id = c.pass_row_id AND p.town_id = c.town_id"
                     " WHERE c.town_id = :town AND c.pass_id = :pass LIMIT 1",
        use(town_id), use(pass_id), into(number), into(kind), into(holder);
    if (!session.sql().got_data()) {
        return {};
    }
    return {number, {}, association_of(kind, holder)};
}

ShownCredential select_shown_badge(store::Session& session, TownId town, BadgeId badge) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(badge);
    std::int64_t holder = 0;
    std::string kind;
    session.sql() << "SELECT holder_kind, holder_id FROM badges WHERE town_id = :town AND id = :id",
        use(town_id), use(id), into(kind), into(holder);
    if (!session.sql().got_data()) {
        return {};
    }
    return {{}, badge, association_of(kind, holder)};
}

std::optional<people::AssociationId> select_pass_association(store::Session& session, TownId town,
                                                             std::int64_t number) {
    const std::int64_t town_id = raw(town);
    std::int64_t holder = 0;
    std::string kind;
    session.sql() << "SELECT holder_kind, holder_id FROM passes WHERE town_id = :town"
                     " AND number = :number",
        use(town_id), use(number), into(kind), into(holder);
    return session.sql().got_data() ? association_of(kind, holder) : std::nullopt;
}

JournalHead open_journal(store::Session& session, TownId town, AgentId agent,
                         const std::string& journal) {
    const std::int64_t town_id = raw(town);
    const std::int64_t agent_id = raw(agent);
    JournalHead head;
    session.sql() << "SELECT id, last_sequence FROM access_journals WHERE town_id = :town"
                     " AND agent_id = :agent AND journal = :journal",
        use(town_id), use(agent_id), use(journal), into(head.row), into(head.last_sequence);
    if (!session.sql().got_data()) {
        head.row = store::insert_row(
            session,
            "INSERT INTO access_journals (town_id, agent_id, journal, last_sequence, last_hash)"
            " VALUES (:town, :agent, :journal, 0, '')",
            use(town_id), use(agent_id), use(journal));
        head.last_sequence = 0;
    }
    return head;
}

void save_journal(store::Session& session, TownId town, const JournalHead& head,
                  const std::string& last_hash) {
    const std::int64_t town_id = raw(town);
    session.sql() << "UPDATE access_journals SET last_sequence = :last, last_hash = :hash"
                     " WHERE town_id = :town AND id = :id",
        use(head.last_sequence), use(last_hash), use(town_id), use(head.row);
}

bool insert_event(store::Session& session, TownId town, std::int64_t journal, const EventRow& row) {
    const std::int64_t town_id = raw(town);
    const std::int64_t occurred = unix_seconds(row.event.occurred_at);
    const std::int64_t received = unix_seconds(row.received_at);
    const std::int64_t kept = unix_seconds(row.kept_since);
    auto door = store::Nullable::of(row.door);
    auto badge = store::Nullable::of(row.shown.badge);
    auto whose = store::Nullable::of(row.shown.association);
    const std::string salt = new_shown_salt();
    const std::string mark = shown_mark(salt, row.shown);
    store::Nullable pass;
    if (row.shown.pass_number) {
        pass = {*row.shown.pass_number, soci::i_ok};
    }
    soci::statement statement =
        (session.sql().prepare
             << "INSERT INTO access_events (town_id, journal_id, sequence, kind, reason, clock,"
                " door_id, reader, pass_number, badge_id, association_id, count, occurred_at,"
                " received_at, kept_since, shown_salt, shown_mark) VALUES (:town, :journal, "
                ":sequence, :kind, :reason,"
                " :clock, :door, :reader, :pass, :badge, :whose, :count, :occurred, :received,"
                " :kept, :salt, :mark) ON CONFLICT (journal_id, sequence) DO NOTHING",
         use(town_id), use(journal), use(row.event.sequence), use(row.event.kind),
         use(row.event.reason), use(row.event.clock), use(door.value, door.there),
         use(row.event.reader), use(pass.value, pass.there), use(badge.value, badge.there),
         use(whose.value, whose.there), use(row.event.count), use(occurred), use(received),
         use(kept), use(salt), use(mark));
    statement.execute(true);
    return statement.get_affected_rows() == 1;
}

std::vector<AccessEvent> select_events(store::Session& session, TownId town,
                                       const EventQuery& query) {
    std::string text = EventColumns::kNames;
    std::vector<std::int64_t> numbers;
    std::vector<std::string> words;
    const auto narrow = [&](bool wanted, const char* rule, auto& values, auto value) {
        if (wanted) {
            text += rule;
            values.push_back(value);
        }
    };
    // Words are bound before numbers: what the text names comes in that order.
    narrow(!query.kind.empty(), " AND e.kind = :kind", words, query.kind);
    narrow(!query.reason.empty(), " AND e.reason = :reason", words, query.reason);
    narrow(query.door.has_value(), " AND e.door_id = :door", numbers,
           store::raw_or_zero(query.door));
    narrow(query.badge.has_value(), " AND e.badge_id = :badge", numbers,
           store::raw_or_zero(query.badge));
    narrow(query.pass_number.has_value(), " AND e.pass_number = :pass", numbers,
           query.pass_number.value_or(0));
    narrow(query.before.has_value(), " AND e.id < :before", numbers,
           store::raw_or_zero(query.before));
    const std::int64_t town_id = raw(town);
    const std::int64_t from = unix_seconds(query.from);
    const std::int64_t until = unix_seconds(query.until);
    EventColumns columns;
    soci::statement statement(session.sql());
    columns.bind(statement);
    for (const auto* bound : {&town_id, &from, &until}) {
        statement.exchange(use(*bound));
    }
    for (const auto& word : words) {
        statement.exchange(use(word));
    }
    for (const auto& number : numbers) {
        statement.exchange(use(number));
    }
    statement.exchange(use(query.limit));
    statement.alloc();
    statement.prepare(text + " ORDER BY e.id DESC LIMIT :limit");
    statement.define_and_bind();
    statement.execute();
    std::vector<AccessEvent> events;
    while (statement.fetch()) {
        events.push_back(columns.read());
    }
    return events;
}

}  // namespace creneau::access
