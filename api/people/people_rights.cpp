#include "api/people/people_rights.hpp"

#include "api/people/person.hpp"

#include <algorithm>
#include <vector>

namespace creneau::people {

bool may_keep_organisations(const Person& person) {
    return person.has(Role::office) || person.has(Role::administrator);
}

bool may_see_association(const Person& person, AssociationId association) {
    return may_keep_organisations(person) || person.manages(association);
}

bool may_edit_person(const Person& person, const std::vector<Role>& edited) {
    const bool is_staff =
        std::ranges::any_of(edited, [](Role role) { return role != Role::booker; });
    return is_staff ? person.has(Role::administrator) : may_keep_organisations(person);
}

bool may_keep_members(const Person& person, AssociationId association) {
    return person.manages(association);
}

}  // namespace creneau::people
