#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/series/open_series.hpp"
#include "api/store/session.hpp"

#include <string>

namespace creneau::booking {

struct SortSeries {
    ChangeSeries change;
    std::string kind;  ///< key of a kind of the town; empty: none
};

/// sort_booking() of the occurrences in scope that have not begun, all of them or none, with one
/// line about the series. Where all dates to come have it, what is asked for later (missed dates,
/// another rule) is of that kind too.
[[nodiscard]] Outcome<SeriesId> sort_series(store::Session& session, const SortSeries& order);

}  // namespace creneau::booking
