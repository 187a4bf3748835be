#pragma once

#include "api/booking/request_booking.hpp"
#include "api/http/fields.hpp"
#include "api/http/request.hpp"

namespace creneau::http {

/// What a request for a room says, whether it is to be booked, held or waited for: room, slot, for
/// whom, how many and what for. What is wrong with it is left in `fields`.
[[nodiscard]] booking::RequestBooking request_in(Fields& fields, const Request& request);

}  // namespace creneau::http
