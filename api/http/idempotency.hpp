#pragma once

#include "api/http/request.hpp"
#include "api/http/routes.hpp"

namespace creneau::http {

/// Wraps the work of a creating POST. Without an Idempotency-Key it is the work itself. With one,
/// the answer of a success is kept in the same transaction: the same key and body get the same
/// answer for 24 h, another body gets 422. What was refused is not kept, it is decided anew.
[[nodiscard]] Step with_idempotency(const Request& request, Work work);

}  // namespace creneau::http
