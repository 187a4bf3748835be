#pragma once

#include "api/people/ids.hpp"
#include "api/privacy/erasure_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <map>
#include <optional>

namespace creneau::privacy {

/// A person's row as an erasure meets it.
struct PersonState {
    people::TownId town{};
    std::optional<std::chrono::sys_seconds> erased_at;
};
/// Of whatever town: ids are the database's.
[[nodiscard]] std::optional<PersonState> select_person_state(store::Session& session,
                                                             people::PersonId person);

/// Deletes, empties or replaces whatever names the person or was written by or to them as
/// themselves; their id stays wherever it stands.
void erase_traces(store::Session& session, people::TownId town, people::PersonId person,
                  std::chrono::sys_seconds at);

/// Since when data is restricted; none: it is not any more.
void mark_restricted(store::Session& session, people::TownId town, people::PersonId person,
                     std::optional<std::chrono::sys_seconds> since);

/// Keeps the id of somebody whom this database never had from being anybody's.
void insert_erased_person(store::Session& session, people::TownId town, people::PersonId person,
                          std::chrono::sys_seconds at);

[[nodiscard]] bool town_exists(store::Session& session, people::TownId town);

/// Who is erased, of all towns, and of which.
[[nodiscard]] std::map<people::PersonId, people::TownId> select_erased(store::Session& session);

}  // namespace creneau::privacy
