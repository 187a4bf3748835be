#pragma once

#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace creneau::people {

struct SessionRow {
    PersonId person{};
    std::chrono::sys_seconds created_at{};
    std::chrono::sys_seconds ends_at{};
};

void insert_session(store::Session& session, TownId town, const std::string& token_hash,
                    const SessionRow& row);
[[nodiscard]] std::optional<SessionRow> find_session(store::Session& session, TownId town,
                                                     const std::string& token_hash);
void move_session_end(store::Session& session, TownId town, const std::string& token_hash,
                      std::chrono::sys_seconds ends_at);
void delete_session(store::Session& session, TownId town, const std::string& token_hash);
void delete_sessions_of(store::Session& session, TownId town, PersonId person);
/// Deletes the sessions that ended before `now`.
void purge_sessions(store::Session& session, TownId town, std::chrono::sys_seconds now);

}  // namespace creneau::people
