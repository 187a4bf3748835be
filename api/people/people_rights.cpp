#include "api/people/people_rights.hpp"

#include "api/people/person.hpp"

#include <chrono>

namespace creneau::people {

bool is_staff(const Person& person) {
    return person.has(Role::office) || person.has(Role::administrator);
}

bool may_sign_in_by_code(const Person& person) {
    return !is_staff(person);
}

bool may_invite(const Person& actor) {
    return is_staff(actor);
}

bool may_invite(const Person& actor, const Person& invited) {
    return actor.has(Role::administrator) || (actor.has(Role::office) && !is_staff(invited));
}

bool is_fresh(std::chrono::sys_seconds proved_at, std::chrono::sys_seconds now) {
    return proved_at <= now && now - proved_at < kProofServes;
}

bool may_read_audit(const Person& person) {
    return person.has(Role::administrator);
}

}  // namespace creneau::people
