#pragma once

#include "api/people/person.hpp"
#include "api/people/second_factor/proved_by.hpp"
#include "api/people/session_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace creneau::people {

struct SessionRow {
    SessionId id{};  ///< given by the insert
    PersonId person{};
    Device device = Device::unknown;
    std::chrono::sys_seconds created_at{};
    std::chrono::sys_seconds seen_at{};
    std::chrono::sys_seconds ends_at{};
    std::chrono::sys_seconds proved_at{};
    ProvedBy proved_by = ProvedBy::code;  ///< what that proof rested on
};

void insert_session(store::Session& session, TownId town, const std::string& token_hash,
                    const SessionRow& row);
[[nodiscard]] std::optional<SessionRow> find_session(store::Session& session, TownId town,
                                                     const std::string& token_hash);
/// Whose sessions.
struct SessionOwner {
    TownId town{};
    PersonId person{};
};
struct SessionPage {
    std::int64_t after = 0;
    std::int64_t limit = 100;
};
/// A session of that person, alive or not.
[[nodiscard]] std::optional<SessionRow> find_session_of(store::Session& session,
                                                        const SessionOwner& owner, SessionId id);
/// Those of a person that live at `now`, by id.
[[nodiscard]] std::vector<SessionRow> find_sessions_of(store::Session& session,
                                                       const SessionOwner& owner,
                                                       std::chrono::sys_seconds now,
                                                       const SessionPage& page);
/// Somebody was seen at `seen_at`; the session now ends at `ends_at`.
void keep_session(store::Session& session, TownId town, SessionId id,
                  std::chrono::sys_seconds seen_at, std::chrono::sys_seconds ends_at);
/// Its person proved who they are.
void keep_proof(store::Session& session, TownId town, SessionId id, ProvedBy proved_by,
                std::chrono::sys_seconds proved_at);
void delete_session(store::Session& session, TownId town, const std::string& token_hash);
/// False when the person has no such session.
[[nodiscard]] bool delete_session_of(store::Session& session, const SessionOwner& owner,
                                     SessionId id);
/// All of a person's, but `kept`.
void delete_sessions_of(store::Session& session, TownId town, PersonId person,
                        std::optional<SessionId> kept);
/// Deletes the sessions that ended before `now`.
void purge_sessions(store::Session& session, TownId town, std::chrono::sys_seconds now);

}  // namespace creneau::people
