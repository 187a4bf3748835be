#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/occupancy_store.hpp"
#include "api/booking/view_store.hpp"
#include "api/store/session.hpp"

#include <vector>

namespace creneau::booking {

/// The bookings that occupy a space of the room within `range`, ordered by start, each once. A
/// booking's own room may be another one that shares a space. Who may see what is the caller's to
/// decide (booking_rights.hpp).
[[nodiscard]] std::vector<BookingView> read_schedule(store::Session& session, TownId town,
                                                     RoomId room, const Interval& range);

/// The intervals that occupy a space of the room and meet `range`, whole, merged and in order.
[[nodiscard]] std::vector<Interval> busy_times(store::Session& session, TownId town, RoomId room,
                                               const Interval& range, const Sight& sight);

/// What `busy` (merged and in order) leaves of `range`.
[[nodiscard]] std::vector<Interval> free_times(const std::vector<Interval>& busy,
                                               const Interval& range);

/// The parts of `range` that a slot may lie in: within the opening hours of the room, and as far
/// from what is busy as its buffers and theirs want. Whether a slot there is long enough, on the
/// grid and in time, its rules say.
[[nodiscard]] std::vector<Interval> bookable_times(store::Session& session, TownId town,
                                                   const Room& room, const Interval& range,
                                                   const Sight& sight);

/// Joins intervals that overlap or touch.
[[nodiscard]] std::vector<Interval> merged(std::vector<Interval> intervals);

}  // namespace creneau::booking
