#pragma once

#include "api/booking/booking_types.hpp"
#include "api/store/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace creneau::booking {

/// One booking that occupies spaces of a room, with what a screen may need; who may see what is the
/// caller's to decide with `may_see`.
struct Occupied {
    RoomId room{};    ///< whose schedule: the room asked about
    Booking booking;  ///< its own room may differ where rooms share spaces
    std::string booker_name;
    std::string association_name;  ///< empty for an individual
};

/// What meets `range` on the spaces of each room, ordered by room and start. Seeks the predecessor
/// and scans forward on each space.
[[nodiscard]] std::vector<Occupied> read_schedule(store::Session& session, TownId town,
                                                  const std::vector<RoomId>& rooms,
                                                  const Interval& range);

/// The intervals of `range` when something occupies a space of the room, merged and in order.
[[nodiscard]] std::vector<Interval> busy_times(store::Session& session, TownId town, RoomId room,
                                               const Interval& range);

/// The free intervals of `range`: what busy_times leaves.
[[nodiscard]] std::vector<Interval> free_times(const std::vector<Interval>& busy,
                                               const Interval& range);

/// A number that changes whenever a booking of the town does: the version of schedules.
[[nodiscard]] std::int64_t schedule_version(store::Session& session, TownId town);

}  // namespace creneau::booking
