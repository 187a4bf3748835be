#pragma once

#include "api/http/routes.hpp"

namespace creneau::http {

/// GET /calendars, open to all: the public and school holidays that series may skip.
void add_calendar_routes(Routes& routes);

}  // namespace creneau::http
