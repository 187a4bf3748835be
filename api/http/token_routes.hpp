#pragma once

#include "api/http/routes.hpp"

namespace creneau::http {

/// What programs may do in the name of who is signed in.
void add_token_routes(Routes& routes);

}  // namespace creneau::http
