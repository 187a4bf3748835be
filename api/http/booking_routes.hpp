#pragma once

#include "api/http/routes.hpp"

namespace creneau::http {

/// Under /api/v1: GET /grounds; GET and POST /bookings; GET /bookings/:id; POST
/// /bookings/:id/approve, /refuse, /cancel, /move. Who may do what is decided in the transaction
/// (api/booking/booking_rights.hpp).
void add_booking_routes(Routes& routes);

}  // namespace creneau::http
