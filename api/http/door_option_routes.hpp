#pragma once

#include "api/http/routes.hpp"

namespace creneau::http {

/// How doors behave, and when they stand open for everybody.
void add_door_option_routes(Routes& routes);

}  // namespace creneau::http
