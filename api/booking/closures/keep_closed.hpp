#pragma once

#include "api/booking/booking_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <vector>

namespace creneau::booking {

/// What a booking of the room gave up within `freed` goes to the closures that are over it, the
/// oldest first: a freed slot of a closed room is not free. Call it when the booking's new
/// occupancies, if any, are in.
void keep_closed(store::Session& session, TownId town, RoomId room, const Interval& freed,
                 std::chrono::sys_seconds now);

/// The same of single spaces.
void keep_closed(store::Session& session, TownId town, const std::vector<SpaceId>& spaces,
                 const Interval& freed, std::chrono::sys_seconds now);

}  // namespace creneau::booking
