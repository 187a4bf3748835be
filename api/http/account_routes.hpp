#pragma once

#include "api/http/routes.hpp"
#include "api/people/account_parts.hpp"

namespace creneau::http {

/// POST /api/v1/invitations and /invitations/accept, /password-resets and /password-resets/accept,
/// PUT /api/v1/me/password.
void add_account_routes(Routes& routes, const people::AccountParts& accounts);

}  // namespace creneau::http
