#include "api/arrivals/announce.hpp"

#include "api/arrivals/announced.hpp"
#include "api/arrivals/movement_rules.hpp"
#include "api/arrivals/movement_store.hpp"
#include "api/arrivals/movement_types.hpp"
#include "api/arrivals/presence_store.hpp"
#include "api/people/blank_text.hpp"
#include "api/people/end_mailbox_access.hpp"
#include "api/people/organisations/organisation_error.hpp"
#include "api/people/organisations/organisation_types.hpp"
#include "api/people/organisations/person_record_store.hpp"
#include "api/people/organisations/record_rules.hpp"
#include "api/people/organisations/staff_store.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/people_store.hpp"
#include "api/people/person.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
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

/// From when until when somebody who is announced is there.
struct Stay {
    Moment from;
    std::optional<Moment> until;
};

people::PersonRecord record_of(const AnnounceArrival& order) {
    people::PersonRecord record;
    record.name = order.name;
    record.email = people::canonical_email(order.email);
    record.locale = order.locale;
    return record;
}

/// Who departed, or was announced and did not come, and does not come in since.
bool may_come_back(store::Session& session, const people::Actor& actor, PersonId id) {
    const auto person = people::find_person(session, actor.town, id);
    return has_left_as_announced(session, actor.town, id) &&
           (!person || !person->is_active(actor.now));
}

void check_person(store::Session& session, const AnnounceArrival& order,
                  std::vector<FieldFault>& faults) {
    const auto town = order.actor.town;
    if (order.person) {
        if (!may_come_back(session, order.actor, *order.person)) {
            faults.push_back({"person_id", "has_not_left",
                              "Choisissez une personne qui a quitté les effectifs.",
                              "Choose somebody who has left the staff."});
        }
        return;
    }
    const auto record = record_of(order);
    for (auto& fault : people::faults_in(record)) {
        faults.push_back(std::move(fault));
    }
    if (!record.email.empty() && people::is_email_taken(session, town, record.email, PersonId{})) {
        faults.push_back({"email", "email_taken", "Une autre personne a déjà cette adresse.",
                          "Somebody else has this address already."});
    }
}

/// Whoever is named counts as staff: somebody beyond it is for who announces in the whole town.
bool may_name(store::Session& session, const people::Actor& actor, PersonId line_manager) {
    const auto named = people::find_person(session, actor.town, line_manager);
    return announces(session, actor, {}) || (named && people::is_staff(*named));
}

void check_place(store::Session& session, const AnnounceArrival& order,
                 std::vector<FieldFault>& faults) {
    const auto town = order.actor.town;
    if (!people::has_department(session, town, order.department)) {
        faults.push_back({"department_id", "unknown_department",
                          "Choisissez un service de la commune.",
                          "Choose a department of the town."});
    }
    const bool is_own = order.line_manager && order.line_manager == order.person;
    if (is_own ||
        (order.line_manager && !people::is_known_person(session, town, *order.line_manager))) {
        faults.push_back({"line_manager_id", "unknown_person",
                          "Choisissez une autre personne de la commune.",
                          "Choose somebody else of the town."});
    } else if (order.line_manager && !may_name(session, order.actor, *order.line_manager)) {
        faults.push_back({"line_manager_id", "not_on_staff",
                          "Choisissez une personne des effectifs.",
                          "Choose somebody on the staff."});
    }
    if (std::ranges::any_of(order.duties, people::shows_nothing)) {
        faults.push_back({"duties", "duty_missing", "Indiquez chaque mission.", "Say each duty."});
    }
}

std::optional<Stay> stay_in(store::Session& session, const AnnounceArrival& order,
                            std::vector<FieldFault>& faults) {
    const auto from =
        moment_in(session, order.actor, {"starts", order.starts, OfDay::start}, faults);
    std::optional<Moment> until;
    if (order.ends) {
        until = moment_in(session, order.actor, {"ends", *order.ends, OfDay::end}, faults);
    }
    if (from && until && until->at <= from->at) {
        faults.push_back(end_before_start("ends"));
    }
    return from ? std::optional(Stay{*from, until}) : std::nullopt;
}

PersonId keep_person(store::Session& session, const AnnounceArrival& order) {
    const auto& actor = order.actor;
    const PersonId person =
        order.person ? *order.person
                     : people::insert_person(session, actor.town, record_of(order), actor.now);
    if (order.person) {
        open_account(session, actor.town, person, actor.now);
    }
    return person;
}

void keep_staff(store::Session& session, const AnnounceArrival& order, const Stay& stay,
                PersonId person) {
    const auto town = order.actor.town;
    const auto before = people::select_staff_member(session, town, person);
    people::StaffRecord record;
    record.person = person;
    record.department = order.department;
    record.line_manager = order.line_manager;
    record.from_date = stay.from.local.substr(0, kDateLength);
    record.until_date = stay.until ? last_day_before(stay.until->local) : "";
    record.version = before ? before->version : 0;
    people::end_mailbox_access(session, town, person);
    if (record.line_manager) {
        people::end_mailbox_access(session, town, *record.line_manager);
    }
    (void)people::write_staff(session, town, record);
    for (const std::string& word : order.duties) {
        (void)people::insert_duty(session, town,
                                  {people::DutyId{}, person, word, record.from_date, ""});
    }
}

std::optional<FieldFault> why_not_to_go(store::Session& session, const people::Actor& actor,
                                        PersonId person, const Presence& presence) {
    if (select_open_movement(session, actor.town, person, MovementKind::departure)) {
        return FieldFault{"", "already_announced", "Ce départ est déjà annoncé : corrigez-le.",
                          "This departure is announced already: correct it."};
    }
    if (presence.until && *presence.until <= actor.now) {
        return FieldFault{"", "has_left", "Cette personne est déjà partie.",
                          "This person has left already."};
    }
    return std::nullopt;
}

}  // namespace

Organised<Movement> announce_arrival(store::Session& session, const AnnounceArrival& order) {
    const auto& actor = order.actor;
    const auto before = order.person
                            ? people::select_staff_member(session, actor.town, *order.person)
                            : std::nullopt;
    // Who comes back from another department: for who announces in both.
    if (!announces(session, actor, people::place_of(order.department)) ||
        (before && !announces(session, actor, people::place_of(before->department)))) {
        return refuse(OrganisationRefusal::not_allowed);
    }
    std::vector<FieldFault> faults;
    check_person(session, order, faults);
    check_place(session, order, faults);
    const auto stay = stay_in(session, order, faults);
    if (!faults.empty() || !stay) {
        return refuse(std::move(faults));
    }
    const PersonId person = keep_person(session, order);
    keep_staff(session, order, *stay, person);
    NewMovement movement{MovementKind::arrival, person, stay->from, order.delay, {}, {}, {}};
    const auto id = keep_announced(session, actor, movement);
    if (stay->until) {
        movement.kind = MovementKind::departure;
        movement.moment = *stay->until;
        keep_announced(session, actor, movement);
    }
    follow_movements(session, actor.town, person);
    return store::present(select_movement(session, actor.town, id), "arrival just announced");
}

Organised<Movement> announce_departure(store::Session& session, const AnnounceDeparture& order) {
    const auto& actor = order.actor;
    if (!announces(session, actor, people::place_of_staff(session, actor.town, order.person)) ||
        actor.person == order.person) {
        return refuse(OrganisationRefusal::not_allowed);
    }
    const auto presence = select_presence(session, actor.town, order.person);
    if (!presence || !people::select_staff_member(session, actor.town, order.person)) {
        return refuse(OrganisationRefusal::unknown);
    }
    if (const auto fault = why_not_to_go(session, actor, order.person, *presence)) {
        return refuse({*fault});
    }
    std::vector<FieldFault> faults;
    const auto moment = moment_in(session, actor, {"ends", order.ends, OfDay::end}, faults);
    if (moment) {
        faults = faults_of_presence(session, actor,
                                    {order.person, {presence->from, moment->at}, "ends"});
    }
    if (!faults.empty() || !moment) {
        return refuse(std::move(faults));
    }
    keep_last_day(session, actor.town, order.person, last_day_before(moment->local));
    const auto id = keep_announced(
        session, actor, {MovementKind::departure, order.person, *moment, order.delay, {}, {}, {}});
    follow_movements(session, actor.town, order.person);
    return store::present(select_movement(session, actor.town, id), "departure just announced");
}

}  // namespace creneau::arrivals
