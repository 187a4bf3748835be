#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/rounds/round_error.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "api/booking/series/calendar_rules.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <vector>

namespace creneau::booking {

/// The calendars whose days the series of a round skip.
[[nodiscard]] Skips skips_of(const Round& round);

/// The dates of the season on that weekday which `calendars`, those of the round, do not skip, in
/// order.
[[nodiscard]] std::vector<LocalDate> dates_of(const Round& round, std::chrono::weekday day,
                                              const SkipCalendars& calendars);

/// A round that skips school holidays needs a calendar that knows each date of its season: it is
/// refused with the first one that nobody knows.
[[nodiscard]] std::vector<RoundFailure> check_calendars(store::Session& session, TownId town,
                                                        const Round& round);

}  // namespace creneau::booking
