#pragma once

#include "api/booking/rounds/manage_rounds.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "api/store/session.hpp"

namespace creneau::booking {

/// One mail to each association with a wish in a published round: what was given, what not and why,
/// in the transaction that publishes it. It goes to who books the association's first wish; where
/// nobody manages the association, to its own address, else it becomes a letter.
void tell_associations(store::Session& session, const ChangeRound& change, const Round& round);

}  // namespace creneau::booking
