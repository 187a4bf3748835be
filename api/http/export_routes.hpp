#pragma once

#include "api/http/routes.hpp"

namespace creneau::http {

/// What the town has about somebody: for themselves, and for two people who want it.
void add_export_routes(Routes& routes);

}  // namespace creneau::http
