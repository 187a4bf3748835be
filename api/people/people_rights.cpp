#include "api/people/people_rights.hpp"

#include "api/people/person.hpp"

namespace creneau::people {

bool may_read_audit(const Person& person) {
    return person.has(Role::administrator);
}

}  // namespace creneau::people
