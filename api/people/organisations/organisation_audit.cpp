#include "api/people/organisations/organisation_audit.hpp"

#include "api/audit/audit_store.hpp"
#include "api/people/organisations/organisation_types.hpp"
#include "api/store/session.hpp"

#include <string_view>

namespace creneau::people {

void record_change(store::Session& session, const Actor& actor, std::string_view action,
                   const Changed& changed) {
    audit::Line line;
    line.at = actor.now;
    line.actor = actor.person;
    line.for_whom = changed.whom;
    line.action = action;
    line.subject_kind = changed.kind;
    line.subject = changed.id;
    const bool is_way_in = changed.whom || changed.kind == "badge";
    line.log = is_way_in ? audit::Log::security : audit::Log::activity;
    audit::append(session, actor.town, line);
}

}  // namespace creneau::people
