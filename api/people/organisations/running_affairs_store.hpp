#pragma once

#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>

namespace creneau::people {

// SQL of what an association has under way, which is asked for in the name of one manager.

/// Whoever else manages the association and can sign in, the longest known first.
[[nodiscard]] std::optional<PersonId> select_successor(store::Session& session, TownId town,
                                                       AssociationId association, PersonId of);

struct HandOver {
    AssociationId association{};
    PersonId from{};
    PersonId to{};
};
/// Gives an association's bookings that are not over, its series, holds, waits, wishes, and the
/// mails that wait about them, from one manager to another.
void hand_over(store::Session& session, TownId town, const HandOver& order,
               std::chrono::sys_seconds now);

}  // namespace creneau::people
