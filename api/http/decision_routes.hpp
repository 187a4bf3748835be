#pragma once

#include "api/http/routes.hpp"

namespace creneau::http {

/// POST /api/v1/bookings/decisions: yes or no to a selection of requests at once.
void add_decision_routes(Routes& routes);

}  // namespace creneau::http
