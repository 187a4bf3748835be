#pragma once

#include "api/http/routes.hpp"
#include "api/privacy/erasure_ledger.hpp"

namespace creneau::http {

/// What the law wants of personal data. `ledger` outlives the routes.
void add_privacy_routes(Routes& routes, const privacy::ErasureLedger& ledger);

}  // namespace creneau::http
