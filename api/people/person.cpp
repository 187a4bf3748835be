#include "api/people/person.hpp"

#include <algorithm>

namespace creneau::people {

bool Person::has(Role role) const {
    return std::find(roles.begin(), roles.end(), role) != roles.end();
}

bool Person::manages(AssociationId association) const {
    return std::any_of(associations.begin(), associations.end(),
                       [&](const auto& managed) { return managed.id == association; });
}

const char* name_of(Role role) {
    switch (role) {
        case Role::booker:
            return "booker";
        case Role::office:
            return "office";
        case Role::administrator:
            return "administrator";
    }
    return "";
}

}  // namespace creneau::people
