#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/rounds/decide_wishes.hpp"
#include "api/booking/rounds/manage_rounds.hpp"
#include "api/booking/rounds/round_error.hpp"
#include "api/booking/rounds/round_task.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "api/store/session.hpp"

namespace creneau::booking {

// A proposal in three steps, so that nobody's write waits for it: read_proposal() by a reader,
// decide_wishes() without a session, keep_proposal() by the writer.

/// The task of a closed or proposed round. `wrong_state` before it is closed and once it is
/// published; a failing rule where two wishes are settled into one place.
[[nodiscard]] RoundOutcome<RoundTask> read_proposal(store::Session& session,
                                                    const ChangeRound& change);

/// Keeps every decision with its reason. `changed` when the round is not what the task was read
/// from: a wish was stated, edited, withdrawn or settled meanwhile.
[[nodiscard]] RoundOutcome<Round> keep_proposal(store::Session& session, const ChangeRound& change,
                                                const RoundTask& task,
                                                const Allocation& allocation);

}  // namespace creneau::booking
