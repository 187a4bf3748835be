#pragma once

#include "api/access/badge_key.hpp"
#include "api/http/routes.hpp"

#include <memory>

namespace creneau::http {

/// Badges: given, lost, returned. Their numbers come in and never go out.
void add_badge_routes(Routes& routes, std::shared_ptr<const access::BadgeKey> key);

}  // namespace creneau::http
