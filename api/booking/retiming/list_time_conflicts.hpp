#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/retiming/retiming_store.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <vector>

namespace creneau::booking {

/// The bookings that wait for the office since a change of the time zone database, a page of them.
/// The office of a part of the town is told of its rooms; `not_allowed` to others.
[[nodiscard]] Outcome<std::vector<StandingConflict>> list_time_conflicts(
    store::Session& session, TownId town, const people::Person& reader, const ConflictQuery& query);

}  // namespace creneau::booking
