#pragma once

#include "api/http/routes.hpp"

namespace creneau::http {

/// /closures: the office closes rooms and opens them again; everybody sees when.
void add_closure_routes(Routes& routes);

}  // namespace creneau::http
