#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace creneau::booking {

struct RetrySeries {
    TownId town{};
    PersonId actor{};  ///< rights are read again in the transaction
    SeriesId series{};
    std::vector<LocalDate> dates;  ///< empty: every date that missed the series and is to come
    std::chrono::sys_seconds now;
    std::string override_reason = {};  ///< the office's, to set soft rules of every date aside
};

/// Asks again for dates that missed their series, judged as a request is: those that can be had by
/// now are booked, with one mail; the others stay missed with their present reasons. Refused, with
/// each date's reasons, when none can be had; `wrong_state` when none is left to ask for, or every
/// date of the series was refused or cancelled. What the request left out by name stays out, and
/// nothing comes after the series was closed.
[[nodiscard]] Outcome<SeriesId> retry_series(store::Session& session, const RetrySeries& order);

}  // namespace creneau::booking
