#pragma once

#include "api/http/routes.hpp"

namespace creneau::http {

/// Departments, staff and what they are there for.
void add_staff_routes(Routes& routes);

}  // namespace creneau::http
