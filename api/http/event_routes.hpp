#pragma once

#include "api/http/routes.hpp"

namespace creneau::http {

/// The access log.
void add_event_routes(Routes& routes);

}  // namespace creneau::http
