#pragma once

#include "api/people/organisations/organisation_types.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

namespace creneau::people {

/// Somebody else changed who manages an association, or how one of them comes in.
struct ManagersChanged {
    Actor actor;
    AssociationRecord before;
    PersonId about{};  ///< told as well
};

/// Mails all who managed it, whoever it is about, and the association's own address, but never the
/// actor: managers read what the town may not, so that a change that nobody asked for is noticed.
/// The mails name nobody.
void tell_managers(store::Session& session, const ManagersChanged& change);

}  // namespace creneau::people
