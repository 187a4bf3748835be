#pragma once

#include "api/access/badge_key.hpp"
#include "api/http/routes.hpp"
#include "api/signer/signer_client.hpp"

#include <memory>

namespace creneau::http {

/// Why a badge or a pass would open a door, or not. `signer` outlives the routes.
void add_simulate_route(Routes& routes, std::shared_ptr<const access::BadgeKey> key,
                        const signer::Client& signer);

}  // namespace creneau::http
