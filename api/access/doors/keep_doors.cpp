#include "api/access/doors/keep_doors.hpp"

#include "api/access/access_types.hpp"
#include "api/access/doors/door_store.hpp"
#include "api/access/doors/door_types.hpp"
#include "api/audit/audit_store.hpp"
#include "api/people/organisations/organisation_error.hpp"
#include "api/people/organisations/organisation_types.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/people_store.hpp"
#include "api/people/person.hpp"
#include "api/store/column.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace creneau::access {

namespace {

using people::OrganisationRefusal;
using people::Organised;
using store::raw;

TownId town_of(const people::Actor& actor) {
    return TownId{raw(actor.town)};
}

/// The door, for who keeps it.
Organised<DoorRecord> kept_door(store::Session& session, const people::Actor& actor, DoorId id) {
    const auto person = people::find_person(session, actor.town, actor.person);
    auto door = select_door(session, town_of(actor), id);
    const people::Scope place =
        door ? people::Scope{people::ScopeKind::site, raw(door->site)} : people::Scope{};
    if (!person || !people::may_keep_doors(*person, place)) {
        return people::refuse(OrganisationRefusal::not_allowed);
    }
    if (!door) {
        return people::refuse(OrganisationRefusal::unknown);
    }
    return *door;
}

/// Writes it down; the door as it is now.
DoorRecord recorded(store::Session& session, const people::Actor& actor, DoorId id,
                    std::string_view action, std::string_view ground) {
    audit::append(session, actor.town,
                  {.at = actor.now,
                   .actor = actor.person,
                   .for_whom = {},
                   .action = action,
                   .subject_kind = "door",
                   .subject = raw(id),
                   .ground = ground,
                   .log = audit::Log::security});
    return store::present(select_door(session, town_of(actor), id), "door just changed");
}

}  // namespace

Organised<std::vector<DoorRecord>> list_doors(store::Session& session, people::TownId town,
                                              const people::Person& reader, const DoorPage& page) {
    auto seen = page;
    if (!people::may_see_doors(reader)) {
        seen.sites = people::sites_of_doors(reader);
        if (seen.sites.empty()) {
            return people::refuse(OrganisationRefusal::not_allowed);
        }
    }
    return select_doors(session, TownId{raw(town)}, seen);
}

Organised<DoorRecord> disable_door(store::Session& session, const DisableDoor& order) {
    auto door = kept_door(session, order.actor, order.door);
    if (!door) {
        return door;
    }
    if (!is_disabling_ground(order.ground)) {
        return people::refuse({{"ground", "unknown_ground", "Attendu : " + disabling_grounds(),
                                "Expected: " + disabling_grounds()}});
    }
    if (door->disabled_at) {
        return door;
    }
    mark_disabled(session, town_of(order.actor), order.door, order.ground, order.actor.now);
    return recorded(session, order.actor, order.door, "door_disabled", order.ground);
}

Organised<DoorRecord> enable_door(store::Session& session, const EnableDoor& order) {
    auto door = kept_door(session, order.actor, order.door);
    if (!door || !door->disabled_at) {
        return door;
    }
    mark_enabled(session, town_of(order.actor), order.door);
    return recorded(session, order.actor, order.door, "door_enabled", "");
}

}  // namespace creneau::access
