#include "api/access/events/search_events.hpp"

#include "api/access/access_types.hpp"
#include "api/access/events/event_store.hpp"
#include "api/audit/audit_store.hpp"
#include "api/people/organisations/organisation_error.hpp"
#include "api/people/organisations/organisation_types.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/people_store.hpp"
#include "api/people/person.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace creneau::access {

namespace {

using people::FieldFault;
using people::OrganisationRefusal;
using people::Organised;
using store::raw;

constexpr std::array<std::string_view, 5> kPurposes{
    "incident", "theft_or_damage", "technical_fault", "judicial_request", "person_request"};

TownId town_of(const people::Actor& actor) {
    return TownId{raw(actor.town)};
}

FieldFault of_association(std::string field) {
    return {std::move(field), "of_an_association",
            "Il appartient à une association : ses passages ne se cherchent pas un par un.",
            "It is an association's: what one of its members does is not searched for."};
}

std::vector<FieldFault> faults_of(store::Session& session, const SearchEvents& order) {
    const EventQuery& query = order.query;
    const TownId town = town_of(order.actor);
    std::vector<FieldFault> faults;
    if (!is_read_purpose(order.purpose)) {
        faults.push_back({"purpose", "unknown_purpose", "Attendu : " + read_purposes(),
                          "Expected: " + read_purposes()});
    }
    if (query.until <= query.from) {
        faults.push_back({"until", "end_before_start", "La fin doit être après le début.",
                          "The end must be after the start."});
    } else if (query.until - query.from > kLongestSearch) {
        faults.push_back(
            {"until", "too_long", "Au plus 31 jours à la fois.", "At most 31 days at a time."});
    }
    if (query.pass_number && select_pass_association(session, town, *query.pass_number)) {
        faults.push_back(of_association("pass_number"));
    }
    if (query.badge && select_shown_badge(session, town, *query.badge).association) {
        faults.push_back(of_association("badge_id"));
    }
    return faults;
}

}  // namespace

bool is_read_purpose(std::string_view word) {
    return std::ranges::find(kPurposes, word) != kPurposes.end();
}

std::string read_purposes() {
    std::string text;
    for (const std::string_view purpose : kPurposes) {
        text += text.empty() ? "" : ", ";
        text += purpose;
    }
    return text;
}

Organised<std::vector<AccessEvent>> search_events(store::Session& session,
                                                  const people::Person& reader,
                                                  const SearchEvents& order) {
    if (!people::may_read_access_log(reader)) {
        return people::refuse(OrganisationRefusal::not_allowed);
    }
    if (auto faults = faults_of(session, order); !faults.empty()) {
        return people::refuse(std::move(faults));
    }
    return select_events(session, town_of(order.actor), order.query);
}

Organised<bool> record_search(store::Session& session, const SearchEvents& order) {
    const auto person = people::find_person(session, order.actor.town, order.actor.person);
    if (!person || !people::may_read_access_log(*person)) {
        return people::refuse(OrganisationRefusal::not_allowed);
    }
    const EventQuery& query = order.query;
    audit::Line line;
    line.at = order.actor.now;
    line.actor = order.actor.person;
    line.action = "access_log_read";
    line.subject_kind = "town";
    line.subject = raw(order.actor.town);
    if (query.badge) {
        line.subject_kind = "badge";
        line.subject = raw(*query.badge);
    } else if (query.pass_number) {
        line.subject_kind = "pass_number";
        line.subject = *query.pass_number;
    } else if (query.door) {
        line.subject_kind = "door";
        line.subject = raw(*query.door);
    }
    line.ground = order.purpose;
    line.log = audit::Log::security;
    audit::append(session, order.actor.town, line);
    return true;
}

}  // namespace creneau::access
