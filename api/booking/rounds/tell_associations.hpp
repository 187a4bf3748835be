#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "api/store/session.hpp"

#include <chrono>

namespace creneau::booking {

/// One mail to each association with a wish in a published round: what was given, what not and why,
/// in the transaction that publishes it. It goes to who books the association's first wish.
void tell_associations(store::Session& session, TownId town, const Round& round,
                       std::chrono::sys_seconds now);

}  // namespace creneau::booking
