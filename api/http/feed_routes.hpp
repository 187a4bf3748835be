#pragma once

#include "api/http/routes.hpp"

namespace creneau::http {

/// GET and POST /api/v1/feeds, DELETE /api/v1/feeds/:id, and GET /feeds/:token.ics, which asks for
/// nothing but the token.
void add_feed_routes(Routes& routes);

}  // namespace creneau::http
