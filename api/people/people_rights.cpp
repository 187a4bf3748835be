#include "api/people/people_rights.hpp"

#include "api/people/person.hpp"

#include <algorithm>
#include <chrono>

namespace creneau::people {

bool is_staff(const Person& person) {
    return !person.local_roles.empty() ||
           std::ranges::any_of(person.roles, [](Role role) { return role != Role::booker; });
}

bool may_sign_in_by_code(const Person& person) {
    return !is_staff(person);
}

bool may_invite(const Person& actor) {
    return actor.has(Role::administrator) || actor.has(Role::office);
}

bool may_invite(const Person& actor, const Person& invited) {
    return actor.has(Role::administrator) || (actor.has(Role::office) && !is_staff(invited));
}

bool may_give_roles(const Person& person) {
    return person.has(Role::administrator);
}

bool may_read_roles(const Person& person) {
    return person.has(Role::administrator) || person.has(Role::data_protection);
}

bool may_read_audit(const Person& person) {
    return person.has(Role::administrator) || person.has(Role::data_protection);
}

bool is_fresh(std::chrono::sys_seconds proved_at, std::chrono::sys_seconds now) {
    return proved_at <= now && now - proved_at < kProofServes;
}

}  // namespace creneau::people
