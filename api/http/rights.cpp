#include "api/http/rights.hpp"

namespace creneau::http {

namespace {

using people::Role;

bool owns(const people::Person& person, const Object& object) {
    return (object.owner && *object.owner == person.id) ||
           (object.association && person.manages(*object.association));
}

Verdict office_only(const people::Person& person, bool visible) {
    if (person.has(Role::office)) {
        return Verdict::allowed;
    }
    return visible ? Verdict::denied : Verdict::hidden;
}

}  // namespace

Verdict may(const people::Person& person, Action action, const Object& object) {
    const bool own = owns(person, object);
    const bool office = person.has(Role::office);
    switch (action) {
        case Action::request_booking:
            if (office) {
                return Verdict::allowed;
            }
            if (object.association && !person.manages(*object.association)) {
                return Verdict::denied;
            }
            return person.has(Role::booker) && (!object.owner || *object.owner == person.id)
                       ? Verdict::allowed
                       : Verdict::denied;
        case Action::see_booking:
        case Action::cancel_booking:
        case Action::move_booking:
            return office || own ? Verdict::allowed : Verdict::hidden;
        case Action::decide_booking:
            return office_only(person, own);
        case Action::see_every_booking:
        case Action::act_for_others:
            return office_only(person, true);
    }
    return Verdict::denied;
}

}  // namespace creneau::http
