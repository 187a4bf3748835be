#include "api/people/people_rights.hpp"

#include "api/people/person.hpp"

namespace creneau::people {

bool may_give_roles(const Person& person) {
    return person.has(Role::administrator);
}

bool may_read_roles(const Person& person) {
    return person.has(Role::administrator) || person.has(Role::data_protection);
}

}  // namespace creneau::people
