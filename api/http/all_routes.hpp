#pragma once

#include "api/http/routes.hpp"
#include "api/signer/signer_client.hpp"

namespace creneau::http {

/// Every route of the program, as openapi.yaml describes them. `signer` outlives what is returned.
Routes all_routes(const signer::Client& signer);

}  // namespace creneau::http
