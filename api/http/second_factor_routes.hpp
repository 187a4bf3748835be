#pragma once

#include "api/http/routes.hpp"
#include "api/people/account_parts.hpp"

namespace creneau::http {

/// POST /me/totp, /me/totp/confirm and /me/recovery-codes, DELETE /people/{id}/totp.
void add_second_factor_routes(Routes& routes, const people::AccountParts& accounts);

}  // namespace creneau::http
