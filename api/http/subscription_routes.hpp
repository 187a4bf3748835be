#pragma once

#include "api/http/routes.hpp"

namespace creneau::http {

/// GET and POST /api/v1/subscriptions, DELETE /api/v1/subscriptions/:id: the office's.
void add_subscription_routes(Routes& routes);

}  // namespace creneau::http
