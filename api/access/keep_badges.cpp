#include "api/access/keep_badges.hpp"

#include "api/access/access_types.hpp"
#include "api/access/badge_key.hpp"
#include "api/access/badge_rules.hpp"
#include "api/access/badge_store.hpp"
#include "api/access/badge_types.hpp"
#include "api/people/organisations/association_store.hpp"
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

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace creneau::access {

namespace {

using people::FieldFault;
using people::OrganisationRefusal;
using people::Organised;
using people::refuse;
using store::raw;

TownId town_of(const people::Actor& actor) {
    return TownId{raw(actor.town)};
}

bool keeps(store::Session& session, const people::Actor& actor) {
    const auto person = people::find_person(session, actor.town, actor.person);
    return person && people::may_keep_badges(*person);
}

std::optional<FieldFault> fault_of_person(store::Session& session, const GiveBadge& order) {
    const auto id = order.person.value_or(people::PersonId{});
    const auto person = people::find_person(session, order.actor.town, id);
    const bool is_staff = people::select_staff_member(session, order.actor.town, id).has_value();
    if (!person || !is_staff || !people::may_open_account(*person, order.actor.now)) {
        return FieldFault{"person_id", "unknown_person", "Choisissez un agent de la commune.",
                          "Choose a member of the town's staff."};
    }
    return std::nullopt;
}

std::optional<FieldFault> fault_of_association(store::Session& session, const GiveBadge& order) {
    const auto id = order.association.value_or(people::AssociationId{});
    const auto found = people::select_association(session, order.actor.town, id);
    if (!found || !found->enabled) {
        return FieldFault{"association_id", "unknown_association",
                          "Choisissez une association de la commune.",
                          "Choose an association of the town."};
    }
    return std::nullopt;
}

std::optional<FieldFault> fault_of_holder(store::Session& session, const GiveBadge& order) {
    if (order.person.has_value() == order.association.has_value()) {
        return FieldFault{"person_id", "one_holder",
                          "Indiquez un agent (person_id) ou une association (association_id).",
                          "Name a member of the staff (person_id) or an association "
                          "(association_id)."};
    }
    return order.person ? fault_of_person(session, order) : fault_of_association(session, order);
}

std::vector<FieldFault> faults_of(store::Session& session, const GiveBadge& order) {
    std::vector<FieldFault> faults;
    if (!canonical_number(order.number)) {
        faults.push_back(
            {"number", "bad_number",
             "Un numéro de carte est attendu : 3, 4, 5, 7 ou 10 octets en hexadécimal.",
             "A card's number is expected: 3, 4, 5, 7 or 10 bytes in hexadecimal."});
    }
    if (auto fault = fault_of_holder(session, order)) {
        faults.push_back(*std::move(fault));
    }
    if (order.until && *order.until <= order.from.value_or(order.actor.now)) {
        faults.push_back({"until", "end_before_start", "La fin doit être après le début.",
                          "The end must be after the start."});
    }
    return faults;
}

Organised<Badge> changed(store::Session& session, const ChangeBadge& order, BadgeState state,
                         std::string_view action) {
    if (!keeps(session, order.actor)) {
        return refuse(OrganisationRefusal::not_allowed);
    }
    auto badge = select_badge(session, town_of(order.actor), order.badge);
    if (!badge) {
        return refuse(OrganisationRefusal::unknown);
    }
    const bool opens_nothing = badge->state != BadgeState::issued;
    if (badge->state == BadgeState::returned || (state == BadgeState::lost && opens_nothing)) {
        return *std::move(badge);
    }
    badge->state = state;
    badge->changed_at = order.actor.now;
    if (!change_badge(session, town_of(order.actor), *badge)) {
        return refuse(OrganisationRefusal::stale);
    }
    const bool of_person = badge->holder.kind == HolderKind::person;
    people::record_change(
        session, order.actor, action,
        {"badge", raw(badge->id),
         of_person ? std::optional(people::PersonId{badge->holder.id}) : std::nullopt});
    return store::present(select_badge(session, town_of(order.actor), order.badge), "badge kept");
}

}  // namespace

Organised<std::vector<Badge>> list_badges(store::Session& session, TownId town,
                                          const people::Person& reader, const BadgePage& page) {
    if (!people::may_keep_badges(reader)) {
        return refuse(OrganisationRefusal::not_allowed);
    }
    return select_badges(session, town, page);
}

Organised<Badge> give_badge(store::Session& session, const BadgeKey& key, const GiveBadge& order) {
    if (!keeps(session, order.actor)) {
        return refuse(OrganisationRefusal::not_allowed);
    }
    if (auto faults = faults_of(session, order); !faults.empty()) {
        return refuse(std::move(faults));
    }
    const TownId town = town_of(order.actor);
    const std::string number = store::present(canonical_number(order.number), "checked number");
    Badge badge;
    badge.holder = order.person
                       ? Holder{HolderKind::person, raw(*order.person)}
                       : Holder{HolderKind::association, store::raw_or_zero(order.association)};
    badge.from = order.from.value_or(order.actor.now);
    badge.until = order.until;
    badge.changed_at = order.actor.now;
    const auto id = insert_badge(session, town, {badge, key.seal(number), key.mark(town, number)});
    if (!id) {
        return refuse(
            {FieldFault{"number", "number_taken",
                        "Cette carte est déjà attribuée : enregistrez d'abord son retour.",
                        "This card is given already: take it back first."}});
    }
    people::record_change(session, order.actor, "badge_given", {"badge", raw(*id), order.person});
    return store::present(select_badge(session, town, *id), "badge just given");
}

Organised<Badge> report_badge_lost(store::Session& session, const ChangeBadge& order) {
    return changed(session, order, BadgeState::lost, "badge_lost");
}

Organised<Badge> take_badge_back(store::Session& session, const ChangeBadge& order) {
    return changed(session, order, BadgeState::returned, "badge_returned");
}

}  // namespace creneau::access
