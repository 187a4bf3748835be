#pragma once

#include "api/http/routes.hpp"

namespace creneau::http {

/// Who has which role, and where.
void add_role_routes(Routes& routes);

}  // namespace creneau::http
