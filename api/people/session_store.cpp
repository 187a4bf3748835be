#include "api/people/session_store.hpp"

#include "api/people/person.hpp"
#include "api/people/second_factor/proved_by.hpp"
#include "api/people/session_types.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::people {

namespace {

using soci::into;
using soci::use;
using store::instant;
using store::raw;
using store::unix_seconds;

constexpr auto kSelect =
    "SELECT id, person_id, device, created_at, seen_at, ends_at, proved_at, proved_by"
    " FROM sessions";

/// What kSelect reads.
struct Columns {
    std::int64_t id = 0, person = 0, created = 0, seen = 0, ends = 0, proved = 0;
    std::string device;
    std::string proved_by;

    void bind(soci::statement& statement) {
        statement.exchange(into(id));
        statement.exchange(into(person));
        statement.exchange(into(device));
        statement.exchange(into(created));
        statement.exchange(into(seen));
        statement.exchange(into(ends));
        statement.exchange(into(proved));
        statement.exchange(into(proved_by));
    }
    [[nodiscard]] SessionRow row() const {
        return {SessionId{id},     PersonId{person},
                device_of(device), instant(created),
                instant(seen),     instant(ends),
                instant(proved),   proved_by_of(proved_by).value_or(ProvedBy::code)};
    }
};

/// The session of a condition.
template <class... Uses>
std::optional<SessionRow> session_where(store::Session& session, const std::string& condition,
                                        const Uses&... uses) {
    Columns columns;
    soci::statement statement(session.sql());
    columns.bind(statement);
    (statement.exchange(uses), ...);
    statement.alloc();
    statement.prepare(kSelect + condition);
    statement.define_and_bind();
    return statement.execute(true) ? std::optional(columns.row()) : std::nullopt;
}

}  // namespace

void insert_session(store::Session& session, TownId town, const std::string& token_hash,
                    const SessionRow& row) {
    const auto town_id = raw(town);
    const auto person = raw(row.person);
    const std::string device{word_of(row.device)};
    const auto created = unix_seconds(row.created_at);
    const auto seen = unix_seconds(row.seen_at);
    const auto ends = unix_seconds(row.ends_at);
    const auto proved = unix_seconds(row.proved_at);
    const std::string proved_by{word_of(row.proved_by)};
    session.sql() << "INSERT INTO sessions (town_id, person_id, token_hash, device, created_at,"
                     " seen_at, ends_at, proved_at, proved_by) VALUES (:town, :person,"
                     " :hash, :device, :created, :seen, :ends, :proved, :by)",
        use(town_id), use(person), use(token_hash), use(device), use(created), use(seen), use(ends),
        use(proved), use(proved_by);
}

std::optional<SessionRow> find_session(store::Session& session, TownId town,
                                       const std::string& token_hash) {
    const auto town_id = raw(town);
    return session_where(session, " WHERE token_hash = :hash AND town_id = :town", use(token_hash),
                         use(town_id));
}

std::optional<SessionRow> find_session_of(store::Session& session, const SessionOwner& owner,
                                          SessionId id) {
    const auto town_id = raw(owner.town);
    const auto person_id = raw(owner.person);
    const auto session_id = raw(id);
    return session_where(session, " WHERE id = :id AND person_id = :person AND town_id = :town",
                         use(session_id), use(person_id), use(town_id));
}

std::vector<SessionRow> find_sessions_of(store::Session& session, const SessionOwner& owner,
                                         std::chrono::sys_seconds now, const SessionPage& page) {
    const auto town_id = raw(owner.town);
    const auto person_id = raw(owner.person);
    const auto at = unix_seconds(now);
    Columns columns;
    soci::statement statement(session.sql());
    columns.bind(statement);
    statement.exchange(use(person_id));
    statement.exchange(use(town_id));
    statement.exchange(use(at));
    statement.exchange(use(page.after));
    statement.exchange(use(page.limit));
    statement.alloc();
    statement.prepare(std::string(kSelect) +
                      " WHERE person_id = :person AND town_id = :town AND ends_at > :now"
                      " AND id > :after ORDER BY id LIMIT :limit");
    statement.define_and_bind();
    statement.execute();
    std::vector<SessionRow> rows;
    while (statement.fetch()) {
        rows.push_back(columns.row());
    }
    return rows;
}

void keep_session(store::Session& session, TownId town, SessionId id,
                  std::chrono::sys_seconds seen_at, std::chrono::sys_seconds ends_at) {
    const auto town_id = raw(town);
    const auto session_id = raw(id);
    const auto seen = unix_seconds(seen_at);
    const auto ends = unix_seconds(ends_at);
    session.sql() << "UPDATE sessions SET seen_at = :seen, ends_at = :ends"
                     " WHERE id = :id AND town_id = :town",
        use(seen), use(ends), use(session_id), use(town_id);
}

void keep_proof(store::Session& session, TownId town, SessionId id, ProvedBy proved_by,
                std::chrono::sys_seconds proved_at) {
    const auto town_id = raw(town);
    const auto session_id = raw(id);
    const std::string by{word_of(proved_by)};
    const auto at = unix_seconds(proved_at);
    session.sql() << "UPDATE sessions SET proved_at = :at, proved_by = :by"
                     " WHERE id = :id AND town_id = :town",
        use(at), use(by), use(session_id), use(town_id);
}

void delete_session(store::Session& session, TownId town, const std::string& token_hash) {
    const auto town_id = raw(town);
    session.sql() << "DELETE FROM sessions WHERE token_hash = :hash AND town_id = :town",
        use(token_hash), use(town_id);
}

bool delete_session_of(store::Session& session, const SessionOwner& owner, SessionId id) {
    const auto town_id = raw(owner.town);
    const auto person_id = raw(owner.person);
    const auto session_id = raw(id);
    std::int64_t deleted = 0;
    session.sql() << "DELETE FROM sessions WHERE id = :id AND person_id = :person"
                     " AND town_id = :town RETURNING id",
        use(session_id), use(person_id), use(town_id), into(deleted);
    return session.sql().got_data();
}

void delete_sessions_of(store::Session& session, TownId town, PersonId person,
                        std::optional<SessionId> kept) {
    const auto town_id = raw(town);
    const auto person_id = raw(person);
    const auto but = store::raw_or_zero(kept);
    session.sql() << "DELETE FROM sessions WHERE person_id = :person AND town_id = :town"
                     " AND id <> :kept",
        use(person_id), use(town_id), use(but);
}

void purge_sessions(store::Session& session, TownId town, std::chrono::sys_seconds now) {
    const auto town_id = raw(town);
    const auto before = unix_seconds(now);
    session.sql() << "DELETE FROM sessions WHERE town_id = :town AND ends_at <= :now", use(town_id),
        use(before);
}

}  // namespace creneau::people
