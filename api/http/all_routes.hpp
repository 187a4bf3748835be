#pragma once

#include "api/http/routes.hpp"
#include "api/people/account_parts.hpp"
#include "api/signer/signer_client.hpp"

namespace creneau::http {

/// Every route of the program, as openapi.yaml describes them. `signer` and what
/// `accounts` names outlive what is returned.
Routes all_routes(const signer::Client& signer, const people::AccountParts& accounts);

}  // namespace creneau::http
