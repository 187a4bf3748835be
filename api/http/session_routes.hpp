#pragma once

#include "api/http/routes.hpp"
#include "api/people/account_parts.hpp"

namespace creneau::http {

/// POST /api/v1/sessions and /sessions/codes, DELETE /api/v1/sessions/current and
/// POST /sessions/current/proof, GET /api/v1/me, and
/// /api/v1/me/sessions: the list, one, all others.
void add_session_routes(Routes& routes, const people::AccountParts& accounts);

}  // namespace creneau::http
