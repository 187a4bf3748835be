#pragma once

#include "api/people/organisations/organisation_error.hpp"
#include "api/people/organisations/organisation_types.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>
#include <vector>

namespace creneau::people {

[[nodiscard]] Organised<std::vector<PersonRecord>> list_people(store::Session& session, TownId town,
                                                               const Person& reader,
                                                               const Page& page);
/// For whoever sees people, and for the person; `unknown` otherwise.
[[nodiscard]] Organised<PersonRecord> find_person_record(store::Session& session, TownId town,
                                                         const Person& reader, PersonId id);

struct SavePerson {
    Actor actor;
    std::optional<PersonId> id;  ///< none: somebody new, who may book
    PersonEdit edit;
    std::chrono::sys_seconds proved_at;  ///< when the actor last proved who they are
};
/// Roles are not changed here. Whoever is disabled or gets another address is signed out
/// everywhere. A mail to the address that was theirs tells of another one. Another address, and an
/// account that is opened or closed, need a fresh proof of the actor.
[[nodiscard]] Organised<PersonRecord> save_person(store::Session& session, const SavePerson& order);

}  // namespace creneau::people
