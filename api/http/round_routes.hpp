#pragma once

#include "api/http/routes.hpp"

namespace creneau::http {

/// /rounds: the yearly allocation, from the first wish to the series.
void add_round_routes(Routes& routes);

}  // namespace creneau::http
