#pragma once

#include "api/http/routes.hpp"

namespace creneau::http {

/// Associations, who manages them, and their own lists of members.
void add_association_routes(Routes& routes);

}  // namespace creneau::http
