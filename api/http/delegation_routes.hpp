#pragma once

#include "api/http/routes.hpp"

namespace creneau::http {

/// Under /api/v1: POST and GET /delegations, GET and DELETE /delegations/:id. Who may decide names
/// who decides while they are away.
void add_delegation_routes(Routes& routes);

}  // namespace creneau::http
