#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/series/calendar_rules.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/store/session.hpp"

namespace creneau::booking {

/// The town's own calendars of those that a series skips. Without a zone, or while nothing has been
/// imported for it, every date is unknown to the school calendar.
[[nodiscard]] SkipCalendars load_calendars(store::Session& session, TownId town,
                                           const Skips& skips);

}  // namespace creneau::booking
