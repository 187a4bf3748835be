#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/series/plan_series.hpp"
#include "api/store/session.hpp"

#include <cstddef>
#include <optional>

namespace creneau::booking {

/// So many dates of a series are answered with other slots: to look for them costs more than to
/// judge a date, and nobody reads two thousand of them.
inline constexpr std::size_t kMostOffered = 5;

/// Looks, for the first refused dates that may pass elsewhere, for other slots as those of a single
/// request are looked for: none that the series itself wants. Reads only; dates that are accepted
/// cost nothing.
void offer_others(store::Session& session, const RequestSeries& request, SeriesPlan& plan);

/// refusal_of() with other slots. Nothing is looked for when the plan goes ahead, or for a yearly
/// round, whose wishes name their rooms.
[[nodiscard]] std::optional<BookingError> refusal_with_offers(store::Session& session,
                                                              const RequestSeries& request,
                                                              SeriesPlan& plan);

}  // namespace creneau::booking
