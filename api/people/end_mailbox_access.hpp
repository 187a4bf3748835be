#pragma once

#include "api/people/ids.hpp"
#include "api/store/session.hpp"

namespace creneau::people {

/// A mailbox alone opens no office: ends what a mailed code may have opened for somebody who is
/// about to work for the town, as a role or a place on the staff is given. Nothing for who does
/// already.
void end_mailbox_access(store::Session& session, TownId town, PersonId person);

}  // namespace creneau::people
