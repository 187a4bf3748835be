#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/check_wish.hpp"
#include "api/booking/room_rules.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <vector>

namespace creneau::booking {

/// Whether what the wish takes is to be had at the room's site at all.
[[nodiscard]] std::vector<Failure> check_orders_of(store::Session& session, const Wish& wish,
                                                   const Room& room);

/// Whether enough of it is left all through the slot, the room's setup and teardown included. A
/// booking that stays within its slot keeps the buffers that its equipment was taken with. Orders
/// that check_orders_of() refuses are not looked at.
[[nodiscard]] std::vector<Failure> check_stock(store::Session& session, const Wish& wish,
                                               const Room& room, const RoomRules& rules);

/// The same of a booking that is in or about to be, with the buffers of `place`.
[[nodiscard]] std::vector<Failure> check_stock(store::Session& session, TownId town,
                                               const Booking& booking, const Place& place,
                                               std::chrono::sys_seconds now);

/// `place` with the buffers that the booking's equipment is taken with by now, so that taking it
/// again takes no more: rules that a town changes are for what is booked later.
[[nodiscard]] Place with_kept_buffers(store::Session& session, TownId town, const Booking& booking,
                                      Place place);

}  // namespace creneau::booking
