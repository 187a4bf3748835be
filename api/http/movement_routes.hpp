#pragma once

#include "api/http/routes.hpp"

namespace creneau::http {

/// Arrivals and departures of staff: announced, changed, acknowledged.
void add_movement_routes(Routes& routes);

}  // namespace creneau::http
