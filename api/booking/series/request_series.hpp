#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/series/plan_series.hpp"
#include "api/store/session.hpp"

namespace creneau::booking {

/// What would become of each date, with other slots for the first refused ones. Reads only.
[[nodiscard]] Outcome<SeriesPlan> preview_series(store::Session& session,
                                                 const RequestSeries& request);

/// Asks for a room on many dates: plans them again in the caller's transaction and writes the
/// series, a booking with occupancies, window and audit line for each accepted date, the reasons of
/// the others, and one mail for all. What `replace` displaces is cancelled and its bookers told.
/// Refused as a whole (refusal_of) it writes nothing.
[[nodiscard]] Outcome<SeriesId> request_series(store::Session& session,
                                               const RequestSeries& request);

}  // namespace creneau::booking
