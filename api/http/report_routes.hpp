#pragma once

#include "api/http/routes.hpp"

namespace creneau::http {

/// GET /api/v1/reports/usage and /api/v1/reports/decisions, as JSON or as a spreadsheet.
void add_report_routes(Routes& routes);

}  // namespace creneau::http
