#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/rounds/round_error.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "api/booking/series/calendar_rules.hpp"
#include "api/store/session.hpp"

#include <string>
#include <vector>

namespace creneau::booking {

/// Everything that is wrong with a wish whatever others wish for: its form, and the rules of its
/// rooms that refuse it on every date of the season. What depends on the date (closures, quotas,
/// what is taken) is judged when dates are booked.
[[nodiscard]] std::vector<RoundFailure> check_form(store::Session& session, TownId town,
                                                   const Round& round, const WishForm& form);

/// A room and the hours of the week that a wish would have there, on dates that these calendars,
/// those of the round, do not skip.
struct RoomHours {
    const Place& place;
    const WeekHours& hours;
    const SkipCalendars& calendars;
};

/// The rules of one room that surely refuse the wish there at those hours, which check_hours()
/// accepts.
[[nodiscard]] std::vector<Failure> check_in_room(store::Session& session, TownId town,
                                                 const Round& round, const WishForm& form,
                                                 const RoomHours& there);

/// A place that the office settles: the room exists and accepts the wish then.
[[nodiscard]] std::vector<RoundFailure> check_settled(store::Session& session, TownId town,
                                                      const Round& round, const WishForm& form,
                                                      const WeekPlace& settled);

}  // namespace creneau::booking
