#pragma once

#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/http/routes.hpp"
#include "api/people/four_eyes/four_eyes.hpp"

namespace creneau::http {

/// What two people have to want.
void add_confirmation_routes(Routes& routes);

/// 403, 404, 409 or 422, by what is wrong with a confirmation.
[[nodiscard]] Response refused(const Request& request, people::FourEyesFault fault);

}  // namespace creneau::http
