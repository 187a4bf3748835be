#include "api/people/security_log.hpp"

#include "api/audit/audit_store.hpp"
#include "api/people/ids.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

namespace creneau::people {

void log_security(store::Session& session, TownId town, const SecurityEvent& event) {
    audit::append(session, town,
                  {.at = event.at,
                   .actor = event.actor,
                   .for_whom = {},
                   .action = event.action,
                   .subject_kind = "person",
                   .subject = store::raw_or_zero(event.about),
                   .ground = event.ground,
                   .log = audit::Log::security});
}

}  // namespace creneau::people
