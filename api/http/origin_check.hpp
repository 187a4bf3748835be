#pragma once

#include "api/http/request.hpp"

#include <string>

namespace creneau::http {

/// Did the town's own pages (or a program, not a browser) send this state-changing request? With
/// the session cookie an Origin or Sec-Fetch-Site of ours is required; without it a foreign one is
/// still refused. `public_url` is the scheme and authority of the town's pages; on loopback the
/// server's own http://HOST counts too.
[[nodiscard]] bool sent_by_ourselves(const Request& request, const std::string& public_url);

/// POST, PUT, PATCH, DELETE.
[[nodiscard]] bool changes_state(const std::string& method);

}  // namespace creneau::http
