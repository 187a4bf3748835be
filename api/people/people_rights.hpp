#pragma once

#include "api/people/person.hpp"

#include <vector>

namespace creneau::people {

/// Keeps the town's associations, people, departments and staff.
[[nodiscard]] bool may_keep_organisations(const Person& person);

/// The same, and the managers of the association.
[[nodiscard]] bool may_see_association(const Person& person, AssociationId association);

/// Changes what is known of somebody with these roles: an address is a way to sign in, so that of
/// staff is an administrator's to change.
[[nodiscard]] bool may_edit_person(const Person& person, const std::vector<Role>& edited);

/// Keeps and reads an association's list of members: its managers, and nobody else.
[[nodiscard]] bool may_keep_members(const Person& person, AssociationId association);

}  // namespace creneau::people
