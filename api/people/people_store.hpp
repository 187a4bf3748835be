#pragma once

#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace creneau::people {

/// An enabled person with roles and associations, or nothing. Whether they may come in yet, or
/// still, is asked of them: Person::is_active().
[[nodiscard]] std::optional<Person> find_person(store::Session& session, TownId town, PersonId id);

/// Like find_person, by address in any case.
[[nodiscard]] std::optional<Person> find_person_by_email(store::Session& session, TownId town,
                                                         std::string_view email);

/// Whether what the town has of somebody is kept and not used (GDPR art. 18); not for nobody.
[[nodiscard]] bool is_restricted(store::Session& session, TownId town, PersonId id);

/// Lower case (ASCII), trimmed: the form in which addresses are stored and compared.
[[nodiscard]] std::string canonical_email(std::string_view email);

}  // namespace creneau::people
