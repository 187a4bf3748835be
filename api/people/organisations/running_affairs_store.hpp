#pragma once

#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>
#include <vector>

namespace creneau::people {

// SQL of what an association has under way, which is asked for in the name of one manager.

/// Whoever manages the association and is there at `now`, the longest known first.
[[nodiscard]] std::optional<PersonId> select_successor(store::Session& session, TownId town,
                                                       AssociationId association,
                                                       std::chrono::sys_seconds now);

/// Something is under way in the name of somebody who does not manage its association, or is not
/// there.
struct OrphanedAffair {
    AssociationId association{};
    PersonId booker{};
};
/// Each pair once; of one association where it is said.
[[nodiscard]] std::vector<OrphanedAffair> select_orphaned(
    store::Session& session, TownId town, const std::optional<AssociationId>& association,
    std::chrono::sys_seconds now);

/// The associations that somebody manages, disabled ones included.
[[nodiscard]] std::vector<AssociationId> select_managed(store::Session& session, TownId town,
                                                        PersonId person);

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
