#pragma once

#include "api/http/routes.hpp"

namespace creneau::http {

/// Under /api/v1, open to all: GET /sites, /rooms, /rooms/:id, /rooms/:id/availability, /schedule.
/// The schedule says "busy" of what its reader may not see.
void add_estate_routes(Routes& routes);

}  // namespace creneau::http
