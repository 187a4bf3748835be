#pragma once

#include "api/people/organisations/organisation_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace creneau::people {

// SQL of people as the office keeps them, each query within one town.

[[nodiscard]] std::vector<PersonRecord> select_people(store::Session& session, TownId town,
                                                      const Page& page);
[[nodiscard]] std::optional<PersonRecord> select_person(store::Session& session, TownId town,
                                                        PersonId id);
/// Somebody of the town, disabled ones included; never of the erased.
[[nodiscard]] bool is_known_person(store::Session& session, TownId town, PersonId id);
/// Whether somebody else of the town has that address.
[[nodiscard]] bool is_email_taken(store::Session& session, TownId town, const std::string& email,
                                  PersonId but);
/// Inserts somebody who may book.
[[nodiscard]] PersonId insert_person(store::Session& session, TownId town,
                                     const PersonRecord& record, std::chrono::sys_seconds now);
/// Somebody else gave or changed what lets this person in: for a while they are no second pair of
/// eyes.
void mark_let_in(store::Session& session, TownId town, PersonId id, std::chrono::sys_seconds now);
/// Writes it where its version is still the record's; false otherwise.
[[nodiscard]] bool update_person(store::Session& session, TownId town, const PersonRecord& record,
                                 std::chrono::sys_seconds now);

}  // namespace creneau::people
