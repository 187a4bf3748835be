#pragma once

#include "api/http/routes.hpp"

namespace creneau::http {

/// POST /api/v1/sessions, DELETE /api/v1/sessions/current, GET /api/v1/me.
void add_session_routes(Routes& routes);

}  // namespace creneau::http
