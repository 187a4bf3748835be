#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/papers/missing_papers.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/booking/view_store.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace creneau::booking {

/// A series with all that became of its dates.
struct SeriesView {
    Series series;
    std::vector<BookingView> occurrences;  ///< by date in the series, moved and cancelled ones too
    std::vector<MissedDate> missed;
    std::vector<MissingFrom> missing_papers;  ///< of the occurrences not given up
    std::string layout;                       ///< as most of them have it
};

/// One series, or `unknown_booking` when there is none that the reader may see; by a mandate that
/// stands at `now`, too.
[[nodiscard]] Outcome<SeriesView> find_series(store::Session& session, TownId town,
                                              const people::Person& reader, SeriesId series,
                                              std::chrono::sys_seconds now = {});

}  // namespace creneau::booking
