#pragma once

#include "api/people/person.hpp"

#include <optional>

namespace creneau::http {

/// Everything somebody can ask for that is not open to all.
enum class Action {
    request_booking,  // for oneself, for an association one manages, or (office) for anybody
    see_booking,      // all of it: purpose, names, status
    decide_booking,   // approve, refuse
    cancel_booking,
    move_booking,
    see_every_booking,  // lists over the whole town
    act_for_others,     // requests on somebody's behalf
};

/// Whose the object is. Leave empty what the object has not.
struct Object {
    std::optional<people::PersonId> owner;             // the booker
    std::optional<people::AssociationId> association;  // the association it belongs to
};

/// The one place that says who may do what. `hidden`: answer 404, the person may not know that it
/// exists; `denied`: they may see it, but this is not theirs to do: 403.
enum class Verdict { allowed, denied, hidden };

[[nodiscard]] Verdict may(const people::Person& person, Action action, const Object& object = {});

}  // namespace creneau::http
