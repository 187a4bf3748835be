#pragma once

#include "api/booking/affair.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/series/plan_series.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/store/session.hpp"

#include <vector>

namespace creneau::booking {

/// What a plan became: the accepted dates and the others with their reasons.
struct BookedDates {
    std::vector<Affair> booked;
    std::vector<MissedDate> missed;
    std::vector<Affair> displaced;  ///< cancelled for them; what it leaves is the caller's to offer
};

/// Writes the dates of a plan into a series: a booking of its booker with occupancies, window and
/// audit line for each that is accepted, the reasons of the others. Mails are the caller's, but for
/// those of what `replace` displaces.
[[nodiscard]] Outcome<BookedDates> book_dates(store::Session& session, const Series& series,
                                              const RequestSeries& request, const SeriesPlan& plan);

}  // namespace creneau::booking
