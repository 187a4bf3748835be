#pragma once

#include "api/http/routes.hpp"
#include "api/signer/signer_client.hpp"

namespace creneau::http {

/// Under /api/v1: GET /bookings/:id/passes, POST /passes/:id/revoke and /reissue, and GET
/// /passes/:id.png, whose code the signer makes anew for each request and nobody stores. The
/// signer's client must outlive the routes.
void add_pass_routes(Routes& routes, const signer::Client& signer);

}  // namespace creneau::http
