#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/move_booking.hpp"
#include "api/booking/series/edit_series.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/store/session.hpp"

#include <vector>

namespace creneau::booking {

/// Whether the occurrence is no longer what its series says: somebody moved it by itself.
[[nodiscard]] bool is_exception(const EditSeries& edit, const Series& series,
                                const Booking& occurrence);

/// Moves them all to what `series`, edited already, says; the dates that cannot be had are in the
/// error. Mails and what it leaves are the caller's.
[[nodiscard]] Outcome<std::vector<Moved>> move_dates(store::Session& session,
                                                     const EditSeries& edit, const Series& series,
                                                     const std::vector<Booking>& occurrences);

}  // namespace creneau::booking
