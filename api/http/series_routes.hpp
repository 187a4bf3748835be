#pragma once

#include "api/http/routes.hpp"

namespace creneau::http {

/// Asking for, previewing, reading and deciding on series.
void add_series_routes(Routes& routes);

}  // namespace creneau::http
