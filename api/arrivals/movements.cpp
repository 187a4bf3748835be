#include "api/arrivals/movements.hpp"

#include "api/arrivals/movement_rules.hpp"
#include "api/arrivals/movement_store.hpp"
#include "api/arrivals/movement_types.hpp"
#include "api/people/organisations/organisation_audit.hpp"
#include "api/people/organisations/organisation_error.hpp"
#include "api/people/organisations/organisation_types.hpp"
#include "api/people/organisations/staff_store.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/people_store.hpp"
#include "api/people/person.hpp"
#include "api/store/column.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace creneau::arrivals {

using people::OrganisationRefusal;
using people::Organised;
using people::refuse;

std::vector<Movement> list_movements(store::Session& session, TownId town,
                                     const people::Person& reader, const people::Page& page) {
    if (people::may_see_movements(reader)) {
        return select_movements(session, town, std::nullopt, page);
    }
    auto seen = page;
    seen.departments = people::departments_kept(reader);
    return select_movements(session, town, reader.id, seen);
}

Organised<Movement> find_movement(store::Session& session, TownId town,
                                  const people::Person& reader, MovementId id) {
    auto movement = select_movement(session, town, id);
    const auto place =
        movement ? people::place_of_staff(session, town, movement->person.id) : people::Scope{};
    if (!movement || !people::may_see_movement(reader, place, movement->line_manager)) {
        return refuse(OrganisationRefusal::unknown);
    }
    return *std::move(movement);
}

Organised<Movement> acknowledge_movement(store::Session& session,
                                         const AcknowledgeMovement& order) {
    const auto& actor = order.actor;
    const auto person = people::find_person(session, actor.town, actor.person);
    if (!person) {
        return refuse(OrganisationRefusal::not_allowed);
    }
    const auto movement = find_movement(session, actor.town, *person, order.movement);
    if (!movement) {
        return movement;
    }
    const auto is_theirs = [&](const Notice& notice) {
        return answers_for(*person, notice.step, *movement);
    };
    if (std::ranges::none_of(movement->notices, is_theirs)) {
        return refuse(OrganisationRefusal::not_allowed);
    }
    for (Notice notice : movement->notices) {
        if (is_theirs(notice) && !notice.acknowledged_at) {
            notice.acknowledged_at = actor.now;
            notice.acknowledged_by = people::NamedPerson{person->id, person->name};
            keep_notice(session, actor.town, movement->id, notice);
            people::record_change(session, actor, "movement_acknowledged",
                                  {"movement", store::raw(movement->id), movement->person.id});
        }
    }
    return store::present(select_movement(session, actor.town, order.movement), "acknowledged");
}

}  // namespace creneau::arrivals
