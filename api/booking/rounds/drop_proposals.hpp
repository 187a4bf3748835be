#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/rounds/round_store.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <vector>

namespace creneau::booking {

/// To be called in the transaction in which such days became others: a round that leaves them out
/// and is proposed is closed again, each with an audit line, since its proposal was made for other
/// dates. Answers which.
std::vector<RoundId> drop_proposals(store::Session& session, TownId town, DaysOff days,
                                    std::chrono::sys_seconds now);

}  // namespace creneau::booking
