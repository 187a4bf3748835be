#pragma once

#include "api/http/routes.hpp"

namespace creneau::http {

/// Zones and access profiles.
void add_profile_routes(Routes& routes);

}  // namespace creneau::http
