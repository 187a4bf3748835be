#pragma once

#include "api/people/ids.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace creneau::people {

/// What a person may do in the town, beside what being a manager of an association gives.
enum class Role : std::uint8_t { booker, office, administrator };

enum class Locale : std::uint8_t { fr, en };

struct ManagedAssociation {
    AssociationId id{};
    std::string name;
};

/// A person of the town with what their rights follow from.
struct Person {
    PersonId id{};
    std::string name;
    std::string email;  // lower case
    Locale locale = Locale::fr;
    std::vector<Role> roles;
    std::vector<ManagedAssociation> associations;

    [[nodiscard]] bool has(Role role) const;
    [[nodiscard]] bool manages(AssociationId association) const;
};

/// The word the database and the API use: "booker", "office", "administrator".
[[nodiscard]] const char* name_of(Role role);

}  // namespace creneau::people
