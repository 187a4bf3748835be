#pragma once

#include "api/http/routes.hpp"

namespace creneau::http {

/// GET /time-conflicts: what the office has to look at since a time zone changed its clocks.
void add_time_conflict_routes(Routes& routes);

}  // namespace creneau::http
