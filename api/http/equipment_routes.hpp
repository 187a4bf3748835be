#pragma once

#include "api/http/routes.hpp"

namespace creneau::http {

/// The town's equipment, and what is to be prepared with it.
void add_equipment_routes(Routes& routes);

}  // namespace creneau::http
