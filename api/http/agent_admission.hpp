#pragma once

#include "api/access/agents/take_sync.hpp"
#include "api/http/request.hpp"
#include "api/http/response.hpp"
#include "api/store/readers.hpp"

#include <tl/expected.hpp>

namespace creneau::http {

/// The only place that says which door agent sends a request: the one whose confirmed key signed
/// exactly this method, path and body (RFC 9421). Its counter is for the write to compare
/// (take_sync), so that a request counts once whatever process it reaches. Else 401.
[[nodiscard]] tl::expected<access::SignedAgent, Response> admit_agent(const Request& request,
                                                                      store::Readers& readers);

/// 401, the same whatever is wrong.
[[nodiscard]] Response bad_agent_signature(const Request& request);

}  // namespace creneau::http
