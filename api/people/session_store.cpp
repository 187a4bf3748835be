#include "api/people/session_store.hpp"

#include "api/people/person.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include <soci/soci.h>

namespace creneau::people {

namespace {

using store::instant;
using store::unix_seconds;

}  // namespace

void insert_session(store::Session& session, TownId town, const std::string& token_hash,
                    const SessionRow& row) {
    const auto town_id = static_cast<std::int64_t>(town);
    const auto person = static_cast<std::int64_t>(row.person);
    const auto created = unix_seconds(row.created_at);
    const auto ends = unix_seconds(row.ends_at);
    session.sql() << "INSERT INTO sessions (token_hash, town_id, person_id, created_at, ends_at)"
                     " VALUES (:hash, :town, :person, :created, :ends)",
        soci::use(token_hash), soci::use(town_id), soci::use(person), soci::use(created),
        soci::use(ends);
}

std::optional<SessionRow> find_session(store::Session& session, TownId town,
                                       const std::string& token_hash) {
    const auto town_id = static_cast<std::int64_t>(town);
    std::int64_t person = 0;
    std::int64_t created = 0;
    std::int64_t ends = 0;
    session.sql() << "SELECT person_id, created_at, ends_at FROM sessions"
                     " WHERE token_hash = :hash AND town_id = :town",
        soci::use(token_hash), soci::use(town_id), soci::into(person), soci::into(created),
        soci::into(ends);
    if (!session.sql().got_data()) {
        return std::nullopt;
    }
    return SessionRow{PersonId{person}, instant(created), instant(ends)};
}

void move_session_end(store::Session& session, TownId town, const std::string& token_hash,
                      std::chrono::sys_seconds ends_at) {
    const auto town_id = static_cast<std::int64_t>(town);
    const auto ends = unix_seconds(ends_at);
    session.sql() << "UPDATE sessions SET ends_at = :ends"
                     " WHERE token_hash = :hash AND town_id = :town",
        soci::use(ends), soci::use(token_hash), soci::use(town_id);
}

void delete_session(store::Session& session, TownId town, const std::string& token_hash) {
    const auto town_id = static_cast<std::int64_t>(town);
    session.sql() << "DELETE FROM sessions WHERE token_hash = :hash AND town_id = :town",
        soci::use(token_hash), soci::use(town_id);
}

void delete_sessions_of(store::Session& session, TownId town, PersonId person) {
    const auto town_id = static_cast<std::int64_t>(town);
    const auto person_id = static_cast<std::int64_t>(person);
    session.sql() << "DELETE FROM sessions WHERE person_id = :person AND town_id = :town",
        soci::use(person_id), soci::use(town_id);
}

void purge_sessions(store::Session& session, TownId town, std::chrono::sys_seconds now) {
    const auto town_id = static_cast<std::int64_t>(town);
    const auto before = unix_seconds(now);
    session.sql() << "DELETE FROM sessions WHERE town_id = :town AND ends_at <= :now",
        soci::use(town_id), soci::use(before);
}

}  // namespace creneau::people
