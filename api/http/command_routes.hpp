#pragma once

#include "api/http/routes.hpp"

namespace creneau::http {

/// Opening doors from afar.
void add_command_routes(Routes& routes);

}  // namespace creneau::http
