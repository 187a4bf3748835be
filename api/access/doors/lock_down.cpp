#include "api/access/doors/lock_down.hpp"

#include "api/access/access_types.hpp"
#include "api/access/doors/door_store.hpp"
#include "api/access/doors/door_types.hpp"
#include "api/access/doors/tell_lockdown.hpp"
#include "api/audit/audit_store.hpp"
#include "api/people/four_eyes/confirmation_types.hpp"
#include "api/people/four_eyes/four_eyes.hpp"
#include "api/people/organisations/organisation_error.hpp"
#include "api/people/organisations/organisation_types.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/people_store.hpp"
#include "api/people/person.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <optional>
#include <string_view>

#include <tl/expected.hpp>

namespace creneau::access {

namespace {

using people::OrganisationRefusal;
using people::Organised;
using store::raw;

people::Scope scope_of(SiteId site) {
    return {people::ScopeKind::site, raw(site)};
}

TownId town_of(const people::Actor& actor) {
    return TownId{raw(actor.town)};
}

bool locks_down(store::Session& session, const people::Actor& actor, SiteId site) {
    const auto person = people::find_person(session, actor.town, actor.person);
    return person && people::may_lock_down(*person, scope_of(site));
}

void record(store::Session& session, const people::Actor& actor, std::string_view action,
            const Lockdown& about) {
    audit::append(session, actor.town,
                  {.at = actor.now,
                   .actor = actor.person,
                   .for_whom = {},
                   .action = action,
                   .subject_kind = "site",
                   .subject = raw(about.site),
                   .ground = about.ground,
                   .log = audit::Log::security});
}

}  // namespace

Organised<std::optional<Lockdown>> show_lockdown(store::Session& session, people::TownId town,
                                                 const people::Person& reader, SiteId site) {
    if (!people::may_lock_down(reader, scope_of(site))) {
        return people::refuse(OrganisationRefusal::not_allowed);
    }
    const TownId own{raw(town)};
    if (!select_site(session, own, site)) {
        return people::refuse(OrganisationRefusal::unknown);
    }
    return select_lockdown(session, own, site);
}

Organised<Lockdown> begin_lockdown(store::Session& session, const BeginLockdown& order) {
    if (!locks_down(session, order.actor, order.site)) {
        return people::refuse(OrganisationRefusal::not_allowed);
    }
    const TownId town = town_of(order.actor);
    if (!select_site(session, town, order.site)) {
        return people::refuse(OrganisationRefusal::unknown);
    }
    if (!is_lockdown_ground(order.ground)) {
        return people::refuse({{"ground", "unknown_ground", "Attendu : " + lockdown_grounds(),
                                "Expected: " + lockdown_grounds()}});
    }
    if (auto holding = select_lockdown(session, town, order.site)) {
        return *holding;
    }
    Lockdown begun;
    begun.site = order.site;
    begun.ground = order.ground;
    begun.begun_at = order.actor.now;
    begun.begun_by = order.actor.person;
    begun.id = insert_lockdown(session, town, begun);
    record(session, order.actor, "lockdown_begun", begun);
    tell_of_lockdown(session, order.actor.town, begun, order.actor.now);
    return begun;
}

tl::expected<Lockdown, people::FourEyesFault> end_lockdown(store::Session& session,
                                                           const EndLockdown& order) {
    if (!locks_down(session, order.actor, order.site)) {
        return tl::unexpected(people::FourEyesFault::not_allowed);
    }
    auto holding = select_lockdown(session, town_of(order.actor), order.site);
    if (!holding) {
        return tl::unexpected(people::FourEyesFault::unknown);
    }
    const auto taken = people::use_confirmation(
        session, {order.actor.town, order.actor.person, people::ConfirmedKind::lockdown_end,
                  raw(holding->id), order.confirmation, order.actor.now, false});
    if (!taken) {
        return tl::unexpected(taken.error());
    }
    mark_ended(session, town_of(order.actor), holding->id, order.actor.person, order.actor.now);
    holding->ended_at = order.actor.now;
    record(session, order.actor, "lockdown_ended", *holding);
    tell_of_lockdown(session, order.actor.town, *holding, order.actor.now);
    return *holding;
}

}  // namespace creneau::access
