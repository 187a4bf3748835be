#pragma once

#include "api/http/routes.hpp"

namespace creneau::http {

/// /holds and /waiting-list: slots kept until a deadline, and who waits for one.
void add_hold_routes(Routes& routes);

}  // namespace creneau::http
