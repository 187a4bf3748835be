#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/booking/series/plan_series.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <vector>

namespace creneau::booking {

/// Who asks for more dates of a series, and when.
struct Asker {
    TownId town{};
    const people::Person& person;
    std::chrono::sys_seconds now;
};

/// What a series asks for on each date, as it is now; layout and equipment as the first of its
/// dates takes them.
[[nodiscard]] RequestSeries request_again(store::Session& session, const Asker& asker,
                                          const Series& series);

/// plan_dates() of such a request; whoever asks, the bookings stay the series' booker's, who
/// still has to be somebody that may book them.
[[nodiscard]] Outcome<SeriesPlan> plan_again(store::Session& session, const RequestSeries& request,
                                             const Series& series,
                                             const std::vector<LocalDate>& dates);

}  // namespace creneau::booking
