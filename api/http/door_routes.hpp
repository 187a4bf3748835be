#pragma once

#include "api/http/routes.hpp"

namespace creneau::http {

/// Doors, and the lockdown of a site.
void add_door_routes(Routes& routes);

}  // namespace creneau::http
