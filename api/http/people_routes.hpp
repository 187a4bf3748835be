#pragma once

#include "api/http/routes.hpp"

namespace creneau::http {

/// People as the office keeps them.
void add_people_routes(Routes& routes);

}  // namespace creneau::http
