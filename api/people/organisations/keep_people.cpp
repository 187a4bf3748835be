#include "api/people/organisations/keep_people.hpp"

#include "api/mail/account_facts.hpp"
#include "api/people/account_code_store.hpp"
#include "api/people/account_mails.hpp"
#include "api/people/four_eyes/tell_administrators.hpp"
#include "api/people/organisations/association_store.hpp"
#include "api/people/organisations/organisation_audit.hpp"
#include "api/people/organisations/organisation_error.hpp"
#include "api/people/organisations/organisation_types.hpp"
#include "api/people/organisations/pass_on_affairs.hpp"
#include "api/people/organisations/person_record_store.hpp"
#include "api/people/organisations/record_rules.hpp"
#include "api/people/organisations/running_affairs_store.hpp"
#include "api/people/organisations/tell_managers.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/people_store.hpp"
#include "api/people/person.hpp"
#include "api/people/roles/administrator_rules.hpp"
#include "api/people/roles/role_store.hpp"
#include "api/people/sessions.hpp"
#include "api/people/tokens/token_store.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace creneau::people {

namespace {

std::vector<FieldFault> all_faults(store::Session& session, TownId town,
                                   const PersonRecord& record) {
    auto faults = faults_in(record);
    if (!record.email.empty() && is_email_taken(session, town, record.email, record.id)) {
        faults.push_back({"email", "email_taken", "Une autre personne a déjà cette adresse.",
                          "Somebody else has this address already."});
    }
    return faults;
}

/// Whether an administrator would come in no more whom nobody follows.
bool ends_last_administrator(store::Session& session, const SavePerson& order,
                             const PersonRecord& record) {
    const bool comes_in = record.enabled && !record.email.empty();
    return order.id && !comes_in &&
           leaves_none(select_administrators(session, order.actor.town), {*order.id, {}},
                       order.actor.now);
}

/// What stands against the edit as a whole.
std::optional<OrganisationRefusal> refusal_of(const SavePerson& order, const Person& keeper,
                                              const PersonRecord& before,
                                              const PersonRecord& record) {
    // An administrator always stays.
    const bool ends_oneself = order.id == keeper.id && (!record.enabled || record.email.empty());
    if (!may_edit_person(keeper, before.roles) || ends_oneself) {
        return OrganisationRefusal::not_allowed;
    }
    const bool is_way_in = record.email != before.email || record.enabled != before.enabled;
    if (order.id && is_way_in && !is_fresh(order.proved_at, order.actor.now)) {
        return OrganisationRefusal::proof_needed;
    }
    return std::nullopt;
}

/// Whether somebody else opens the account or gives it another address.
bool lets_in(const SavePerson& order, const PersonRecord& before, const PersonRecord& record) {
    return order.actor.person != record.id &&
           (!order.id || record.email != before.email || (record.enabled && !before.enabled));
}

/// Whoever is disabled or has another address comes in anew, and the one that was theirs is told.
void end_access(store::Session& session, const Actor& actor, const PersonRecord& before,
                const PersonRecord& record) {
    const bool has_moved = record.email != before.email;
    if (record.enabled && !has_moved) {
        return;
    }
    close_sessions_of(session, actor.town, record.id);
    end_codes(session, actor.town, record.id, std::nullopt);
    delete_tokens_of(session, actor.town, record.id);
    if (record.enabled && has_moved && !before.email.empty()) {
        queue_account_mail(session, actor.town,
                           {.person = record.id,
                            .word = mail::kAddressChangedMail,
                            .passing_address = before.email},
                           actor.now);
    }
}

/// The associations of a manager: an address is a way in to what managers read, and what is under
/// way in the name of somebody who is disabled goes on in another's.
void follow_in_associations(store::Session& session, const Actor& actor, const PersonRecord& before,
                            const PersonRecord& record) {
    const auto& [town, person, now] = actor;
    for (const AssociationId managed : select_managed(session, town, record.id)) {
        if (record.email != before.email) {
            tell_managers(session, {actor,
                                    store::present(select_association(session, town, managed),
                                                   "association of a manager"),
                                    record.id});
        }
        if (before.enabled && !record.enabled) {
            pass_on_affairs(session, {town, managed, {}, person, now});
        }
    }
}

}  // namespace

Organised<std::vector<PersonRecord>> list_people(store::Session& session, TownId town,
                                                 const Person& reader, const Page& page) {
    if (!may_see_people(reader)) {
        return refuse(OrganisationRefusal::not_allowed);
    }
    Page seen = page;
    seen.restricted = may_answer_for_data(reader);
    return select_people(session, town, seen);
}

Organised<PersonRecord> find_person_record(store::Session& session, TownId town,
                                           const Person& reader, PersonId id) {
    auto record = select_person(session, town, id);
    if (!record || (reader.id != id && !may_see_person(reader, record->restricted))) {
        return refuse(OrganisationRefusal::unknown);
    }
    return *std::move(record);
}

Organised<PersonRecord> save_person(store::Session& session, const SavePerson& order) {
    const auto [town, actor, now] = order.actor;
    const auto keeper = find_person(session, town, actor);
    if (!keeper || !may_keep_organisations(*keeper)) {
        return refuse(OrganisationRefusal::not_allowed);
    }
    PersonRecord before;
    if (order.id) {
        auto found = select_person(session, town, *order.id);
        if (!found || found->erased || !may_see_person(*keeper, found->restricted)) {
            return refuse(OrganisationRefusal::unknown);
        }
        before = *std::move(found);
    }
    PersonRecord record = edited(before, order.edit);
    if (const auto refusal = refusal_of(order, *keeper, before, record)) {
        return refuse(*refusal);
    }
    auto faults = all_faults(session, town, record);
    if (ends_last_administrator(session, order, record)) {
        faults.push_back(last_administrator());
    }
    if (!faults.empty()) {
        return refuse(std::move(faults));
    }
    if (!order.id) {
        record.id = insert_person(session, town, record, now);
    } else if (!update_person(session, town, record, now)) {
        return refuse(OrganisationRefusal::stale);
    }
    if (lets_in(order, before, record)) {
        mark_let_in(session, town, record.id, now);
        tell_administrators(session, town, record.id, now);
    }
    if (order.id) {
        end_access(session, order.actor, before, record);
        follow_in_associations(session, order.actor, before, record);
    }
    record_change(session, order.actor, order.id ? "person_changed" : "person_made",
                  {"person", static_cast<std::int64_t>(record.id), record.id});
    return store::present(select_person(session, town, record.id), "person saved");
}

}  // namespace creneau::people
