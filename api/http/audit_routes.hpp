#pragma once

namespace creneau::http {

class Routes;

/// GET /api/v1/audit: who did what, for administrators, with a purpose.
void add_audit_routes(Routes& routes);

}  // namespace creneau::http
