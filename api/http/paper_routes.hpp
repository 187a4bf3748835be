#pragma once

#include "api/http/routes.hpp"

namespace creneau::http {

/// Papers of associations and people.
void add_paper_routes(Routes& routes);

}  // namespace creneau::http
