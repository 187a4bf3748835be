#pragma once

#include "api/booking/rounds/manage_rounds.hpp"
#include "api/booking/rounds/round_error.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "api/store/session.hpp"

namespace creneau::booking {

/// Makes the proposal true, once, in the caller's transaction: what is given becomes series (dates
/// that cannot be booked keep their reasons), what is not waits for the dates of the room that it
/// wished first. Each association gets one mail about all its wishes. The calendar of school
/// holidays that the round skips has to know its season still.
[[nodiscard]] RoundOutcome<Round> publish_round(store::Session& session, const ChangeRound& change);

}  // namespace creneau::booking
