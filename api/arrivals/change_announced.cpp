#include "api/arrivals/announce.hpp"
#include "api/arrivals/announced.hpp"
#include "api/arrivals/movement_rules.hpp"
#include "api/arrivals/movement_store.hpp"
#include "api/arrivals/movement_types.hpp"
#include "api/arrivals/presence_store.hpp"
#include "api/arrivals/tell_concerned.hpp"
#include "api/people/organisations/organisation_error.hpp"
#include "api/people/organisations/organisation_types.hpp"
#include "api/people/organisations/staff_store.hpp"
#include "api/people/person.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace creneau::arrivals {

namespace {

using people::FieldFault;
using people::OrganisationRefusal;
using people::Organised;
using people::refuse;

constexpr std::size_t kDateLength = 10;

/// A movement that its announcer may still change.
Organised<Movement> open_movement(store::Session& session, const people::Actor& actor,
                                  MovementId id) {
    auto movement = select_movement(session, actor.town, id);
    const auto place = movement ? people::place_of_staff(session, actor.town, movement->person.id)
                                : people::Scope{};
    if (!announces(session, actor, place)) {
        return refuse(OrganisationRefusal::not_allowed);
    }
    if (!movement) {
        return refuse(OrganisationRefusal::unknown);
    }
    if (movement->person.id == actor.person) {  // nobody announces, or takes back, their own
        return refuse(OrganisationRefusal::not_allowed);
    }
    if (state_of(*movement, actor.now) != MovementState::announced) {
        return refuse({FieldFault{"", "over", "C'est déjà fait, ou annulé.",
                                  "It has happened already, or was withdrawn."}});
    }
    return *std::move(movement);
}

Presence presence_of(store::Session& session, const people::Actor& actor, PersonId person) {
    return store::present(select_presence(session, actor.town, person), "person of a movement");
}

std::vector<FieldFault> faults_of(store::Session& session, const people::Actor& actor,
                                  const Movement& movement, const Moment& moment) {
    auto presence = presence_of(session, actor, movement.person.id);
    auto& changed = movement.kind == MovementKind::departure ? presence.until : presence.from;
    changed = moment.at;
    return faults_of_presence(session, actor, {movement.person.id, presence, "at"});
}

/// The dates of the staff that follow from another moment.
void keep_days(store::Session& session, TownId town, const Movement& movement,
               const Moment& moment) {
    const PersonId person = movement.person.id;
    if (movement.kind == MovementKind::departure) {
        keep_last_day(session, town, person, last_day_before(moment.local));
    } else {
        keep_first_day(session, town, person, movement.moment.local.substr(0, kDateLength),
                       moment.local.substr(0, kDateLength));
    }
}

void withdraw_arrival(store::Session& session, const people::Actor& actor, PersonId person) {
    if (const auto departure =
            select_open_movement(session, actor.town, person, MovementKind::departure)) {
        (void)mark_withdrawn(session, actor.town, departure->id, actor.now);
        tell_withdrawn(session, actor.town, *departure, actor.now);
        record_movement(session, actor, *departure, "withdrawn");
    }
    close_account(session, actor.town, person, actor.now);
    forget_staff(session, actor.town, person);
}

}  // namespace

Organised<Movement> correct_movement(store::Session& session, const CorrectMovement& order) {
    const auto& actor = order.actor;
    auto movement = open_movement(session, actor, order.movement);
    if (!movement) {
        return movement;
    }
    std::vector<FieldFault> faults;
    const auto of_day = movement->kind == MovementKind::departure ? OfDay::end : OfDay::start;
    const auto moment = moment_in(session, actor, {"at", order.moment, of_day}, faults);
    if (moment) {
        faults = faults_of(session, actor, *movement, *moment);
    }
    if (!faults.empty() || !moment) {
        return refuse(std::move(faults));
    }
    keep_days(session, actor.town, *movement, *moment);
    movement->moment = *moment;
    if (!correct_moment(session, actor.town, *movement)) {
        return refuse(OrganisationRefusal::stale);
    }
    follow_movements(session, actor.town, movement->person.id);
    record_movement(session, actor, *movement, "corrected");
    return store::present(select_movement(session, actor.town, order.movement), "corrected");
}

Organised<Movement> withdraw_movement(store::Session& session, const WithdrawMovement& order) {
    const auto& actor = order.actor;
    const auto movement = open_movement(session, actor, order.movement);
    if (!movement) {
        return movement;
    }
    const bool is_departure = movement->kind == MovementKind::departure;
    const PersonId person = movement->person.id;
    if (const auto fault = is_departure ? std::nullopt : fault_of_absence(session, actor, person)) {
        return refuse({*fault});
    }
    if (!mark_withdrawn(session, actor.town, movement->id, actor.now)) {
        return refuse(OrganisationRefusal::stale);
    }
    tell_withdrawn(session, actor.town, *movement, actor.now);
    if (is_departure) {
        keep_last_day(session, actor.town, person, "");
    } else {
        withdraw_arrival(session, actor, person);
    }
    follow_movements(session, actor.town, person);
    record_movement(session, actor, *movement, "withdrawn");
    return store::present(select_movement(session, actor.town, order.movement), "withdrawn");
}

}  // namespace creneau::arrivals
