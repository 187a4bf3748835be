#include "api/people/organisations/keep_associations.hpp"

#include "api/people/organisations/association_store.hpp"
#include "api/people/organisations/organisation_audit.hpp"
#include "api/people/organisations/organisation_error.hpp"
#include "api/people/organisations/organisation_types.hpp"
#include "api/people/organisations/pass_on_affairs.hpp"
#include "api/people/organisations/person_record_store.hpp"
#include "api/people/organisations/record_rules.hpp"
#include "api/people/organisations/tell_managers.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/people_store.hpp"
#include "api/people/person.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace creneau::people {

namespace {

constexpr auto kSubject = "association";

/// Whether the actor keeps associations, else whether there is one that they see.
std::optional<OrganisationError> refusal_of(store::Session& session, const Actor& actor,
                                            std::optional<AssociationId> id) {
    const auto person = find_person(session, actor.town, actor.person);
    if (!person) {
        return OrganisationError{OrganisationRefusal::not_allowed};
    }
    const bool there = !id || select_association(session, actor.town, *id);
    if (may_keep_organisations(*person)) {
        return there ? std::nullopt
                     : std::optional(OrganisationError{OrganisationRefusal::unknown});
    }
    const bool seen = !id || (there && may_see_association(*person, *id));
    return OrganisationError{seen ? OrganisationRefusal::not_allowed
                                  : OrganisationRefusal::unknown};
}

std::vector<FieldFault> group_faults(store::Session& session, TownId town,
                                     const AssociationRecord& record) {
    const bool are_keys = std::ranges::all_of(record.groups, is_key);
    if (are_keys && unknown_groups(session, town, record.groups).empty()) {
        return {};
    }
    return {{"groups", "unknown_group", "Choisissez des groupes de la commune.",
             "Choose groups of the town."}};
}

bool keeps_members(store::Session& session, const Actor& actor, AssociationId association) {
    const auto person = find_person(session, actor.town, actor.person);
    return person && may_keep_members(*person, association);
}

}  // namespace

Organised<std::vector<AssociationRecord>> list_associations(store::Session& session, TownId town,
                                                            const Person& reader,
                                                            const Page& page) {
    if (!may_keep_organisations(reader)) {
        return refuse(OrganisationRefusal::not_allowed);
    }
    return select_associations(session, town, page);
}

Organised<AssociationRecord> find_association(store::Session& session, TownId town,
                                              const Person& reader, AssociationId id) {
    auto record = select_association(session, town, id);
    if (!record || !may_see_association(reader, id)) {
        return refuse(OrganisationRefusal::unknown);
    }
    return *std::move(record);
}

Organised<AssociationRecord> save_association(store::Session& session,
                                              const SaveAssociation& order) {
    const auto [town, person, now] = order.actor;
    if (auto refusal = refusal_of(session, order.actor, order.id)) {
        return tl::unexpected(*std::move(refusal));
    }
    AssociationRecord before;
    if (order.id) {
        before = store::present(select_association(session, town, *order.id), "association");
    }
    AssociationRecord record = edited(before, order.edit);
    auto faults = faults_in(record);
    for (auto& fault : group_faults(session, town, record)) {
        faults.push_back(std::move(fault));
    }
    if (!faults.empty()) {
        return refuse(std::move(faults));
    }
    if (!order.id) {
        record.id = insert_association(session, town, record, now);
    } else if (!update_association(session, town, record, now)) {
        return refuse(OrganisationRefusal::stale);
    }
    record_change(session, order.actor, order.id ? "association_changed" : "association_made",
                  {kSubject, static_cast<std::int64_t>(record.id), {}});
    return store::present(select_association(session, town, record.id), "association saved");
}

Organised<AssociationRecord> change_manager(store::Session& session, const ChangeManager& order) {
    const TownId town = order.actor.town;
    if (auto refusal = refusal_of(session, order.actor, order.association)) {
        return tl::unexpected(*std::move(refusal));
    }
    // Its managers read what the town may not.
    if (order.manages && order.person == order.actor.person) {
        return refuse(OrganisationRefusal::not_allowed);
    }
    if (order.manages && !is_fresh(order.proved_at, order.actor.now)) {
        return refuse(OrganisationRefusal::proof_needed);
    }
    const bool is_known = order.manages ? is_known_person(session, town, order.person)
                                        : select_person(session, town, order.person).has_value();
    if (!is_known) {
        return refuse(OrganisationRefusal::unknown);
    }
    const auto before =
        store::present(select_association(session, town, order.association), "association");
    const bool changed = order.manages
                             ? insert_manager(session, town, order.association, order.person)
                             : delete_manager(session, town, order.association, order.person);
    if (changed) {
        record_change(session, order.actor, order.manages ? "manager_added" : "manager_removed",
                      {kSubject, static_cast<std::int64_t>(order.association), order.person});
        tell_managers(session, {order.actor, before, order.person});
        const auto& [of, actor, now] = order.actor;
        pass_on_affairs(session, {of, order.association, {}, actor, now});
    }
    return store::present(select_association(session, town, order.association), "association");
}

Organised<std::vector<Member>> list_members(store::Session& session, TownId town,
                                            const Person& reader, AssociationId association,
                                            const Page& page) {
    if (!may_keep_members(reader, association)) {
        return refuse(OrganisationRefusal::unknown);
    }
    return select_members(session, town, association, page);
}

Organised<Member> add_member(store::Session& session, const AddMember& order) {
    const TownId town = order.actor.town;
    if (!keeps_members(session, order.actor, order.association)) {
        return refuse(OrganisationRefusal::unknown);
    }
    auto faults = faults_in(order.member);
    if (count_members(session, town, order.association) >= kMostMembers) {
        const auto most = std::to_string(kMostMembers);
        faults.push_back({"", "too_many_members", "La liste a déjà " + most + " membres.",
                          "The list has " + most + " members already."});
    }
    if (!faults.empty()) {
        return refuse(std::move(faults));
    }
    Member member = order.member;
    member.id = insert_member(session, town, order.association, member);
    return member;
}

Organised<MemberId> remove_member(store::Session& session, const RemoveMember& order) {
    if (!keeps_members(session, order.actor, order.association) ||
        !delete_member(session, order.actor.town, order.association, order.member)) {
        return refuse(OrganisationRefusal::unknown);
    }
    return order.member;
}

}  // namespace creneau::people
