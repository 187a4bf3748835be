#pragma once

#include "api/http/routes.hpp"

namespace creneau::http {

/// Alarms of doors and door agents.
void add_alarm_routes(Routes& routes);

}  // namespace creneau::http
