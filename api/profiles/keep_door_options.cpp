#include "api/profiles/keep_door_options.hpp"

#include "api/access/doors/door_types.hpp"
#include "api/audit/audit_store.hpp"
#include "api/people/organisations/organisation_error.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/people_store.hpp"
#include "api/people/person.hpp"
#include "api/profiles/door_option_rules.hpp"
#include "api/profiles/door_option_store.hpp"
#include "api/profiles/make_hours.hpp"
#include "api/profiles/profile_rules.hpp"
#include "api/profiles/profile_types.hpp"
#include "api/store/column.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <utility>

namespace creneau::profiles {
namespace {

using people::OrganisationRefusal;
using people::Organised;
using people::refuse;
using store::raw;

people::Scope place_of(const KeptOptions& kept) {
    return {people::ScopeKind::site, raw(kept.site)};
}

void record(store::Session& session, const SetDoorOptions& order) {
    audit::append(session, order.actor.town,
                  {.at = order.actor.now,
                   .actor = order.actor.person,
                   .for_whom = {},
                   .action = "door_options_set",
                   .subject_kind = "door",
                   .subject = raw(order.door),
                   .ground = {},
                   .log = audit::Log::security});
}

}  // namespace

Organised<KeptOptions> find_door_options(store::Session& session, TownId town,
                                         const people::Person& reader, access::DoorId door) {
    auto kept = select_options(session, town, door);
    const bool may =
        people::may_see_doors(reader) || (kept && people::may_keep_doors(reader, place_of(*kept)));
    if (!may) {
        return refuse(OrganisationRefusal::not_allowed);
    }
    if (!kept) {
        return refuse(OrganisationRefusal::unknown);
    }
    return *std::move(kept);
}

Organised<KeptOptions> set_door_options(store::Session& session, const SetDoorOptions& order) {
    const TownId town = order.actor.town;
    const auto person = people::find_person(session, town, order.actor.person);
    auto kept = select_options(session, town, order.door);
    const people::Scope place = kept ? place_of(*kept) : people::Scope{};
    if (!person || !people::may_keep_doors(*person, place)) {
        return refuse(OrganisationRefusal::not_allowed);
    }
    if (!kept) {
        return refuse(OrganisationRefusal::unknown);
    }
    if (auto faults = faults_in(order.options, order.free_access, kept->unlock_ms);
        !faults.empty()) {
        return refuse(std::move(faults));
    }
    kept->options = order.options;
    kept->free_access = hours_of(order.free_access);
    if (!write_options(session, town, *kept)) {
        return refuse(OrganisationRefusal::stale);
    }
    make_hours_of(session, town,
                  {{HoursOwnerKind::door, raw(order.door)}, {kept->free_access, kept->options.off}},
                  order.actor.now);
    record(session, order);
    return store::present(select_options(session, town, order.door), "options just set");
}

}  // namespace creneau::profiles
