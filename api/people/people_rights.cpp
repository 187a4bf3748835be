#include "api/people/people_rights.hpp"

#include "api/people/four_eyes/confirmation_types.hpp"
#include "api/people/person.hpp"
#include "api/people/second_factor/proved_by.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace creneau::people {

namespace {

bool are_of_staff(const std::vector<Role>& roles) {
    return std::ranges::any_of(roles, [](Role role) { return role != Role::booker; });
}

/// The places of a kind where somebody may, by a role that holds there.
template <class May>
std::vector<std::int64_t> places_where(const Person& person, ScopeKind kind, May may) {
    std::vector<std::int64_t> places;
    for (const LocalRole& local : person.local_roles) {
        if (local.scope.kind == kind && may(person, local.scope)) {
            places.push_back(local.scope.id);
        }
    }
    return places;
}

}  // namespace

bool is_staff(const Person& person) {
    return person.on_staff || !person.local_roles.empty() || are_of_staff(person.roles);
}

bool may_sign_in_by_code(const Person& person, bool has_second_factor) {
    return !is_staff(person) && !has_second_factor;
}

bool must_enrol(const Person& person, ProvedBy proved_by) {
    return is_staff(person) && proved_by != ProvedBy::second_factor;
}

bool may_reset_second_factor(const Person& actor, PersonId whose) {
    return actor.has(Role::administrator) && actor.id != whose;
}

bool may_open_account(const Person& person, std::chrono::sys_seconds now) {
    return !person.active_until || now < *person.active_until;
}

bool may_invite(const Person& actor) {
    return actor.has(Role::administrator) || actor.has(Role::office);
}

bool may_invite(const Person& actor, const Person& invited) {
    return actor.has(Role::administrator) || (actor.has(Role::office) && !is_staff(invited));
}

bool may_give_roles(const Person& person) {
    return person.has(Role::administrator);
}

bool may_read_roles(const Person& person) {
    return person.has(Role::administrator) || person.has(Role::data_protection);
}

bool may_read_audit(const Person& person) {
    return person.has(Role::administrator) || person.has(Role::data_protection);
}

bool is_fresh(std::chrono::sys_seconds proved_at, std::chrono::sys_seconds now) {
    return proved_at <= now && now - proved_at < kProofServes;
}

bool may_take_first_password(const Person& person, std::chrono::sys_seconds proved_at,
                             std::chrono::sys_seconds now) {
    return !is_staff(person) && is_fresh(proved_at, now);
}

bool may_keep_organisations(const Person& person) {
    return person.has(Role::office) || person.has(Role::administrator);
}

bool may_keep_staff(const Person& person) {
    return may_keep_organisations(person) || person.has(Role::human_resources);
}

bool may_keep_staff(const Person& person, const Scope& place) {
    return may_keep_staff(person) || person.has(Role::human_resources, place);
}

std::vector<std::int64_t> departments_kept(const Person& person) {
    return places_where(person, ScopeKind::department, [](const Person& who, const Scope& place) {
        return may_keep_staff(who, place);
    });
}

bool may_announce_movements(const Person& person) {
    return may_announce_movements(person, {});
}

bool may_announce_movements(const Person& person, const Scope& place) {
    return person.has(Role::human_resources, place) || person.has(Role::administrator);
}

bool may_see_movements(const Person& person) {
    return may_keep_staff(person) || person.has(Role::access_administrator);
}

bool may_see_movement(const Person& person, const Scope& place,
                      const std::optional<PersonId>& line_manager) {
    return may_see_movements(person) || may_announce_movements(person, place) ||
           line_manager == person.id;
}

bool may_keep_badges(const Person& person) {
    return person.has(Role::access_administrator);
}

bool may_keep_profiles(const Person& person) {
    return person.has(Role::access_administrator);
}

bool may_see_profiles(const Person& person) {
    return may_keep_profiles(person) || may_keep_staff(person);
}

bool may_see_association(const Person& person, AssociationId association) {
    return may_keep_organisations(person) || person.manages(association);
}

bool may_edit_person(const Person& person, const std::vector<Role>& edited) {
    return are_of_staff(edited) ? person.has(Role::administrator) : may_keep_organisations(person);
}

bool may_keep_members(const Person& person, AssociationId association) {
    return person.manages(association);
}

bool may_answer_for_data(const Person& person) {
    return person.has(Role::data_protection) || person.has(Role::administrator);
}

bool may_use_data(const Person& reader, bool restricted) {
    return !restricted || may_answer_for_data(reader);
}

bool may_see_people(const Person& person) {
    return may_keep_organisations(person) || may_answer_for_data(person);
}

bool may_see_person(const Person& reader, bool restricted) {
    return may_see_people(reader) && may_use_data(reader, restricted);
}

bool may_ask_confirmation(const Person& person, ConfirmedKind kind, const Scope& place) {
    switch (kind) {
        case ConfirmedKind::person_export:
            return may_answer_for_data(person);
        case ConfirmedKind::lockdown_end:
            return may_lock_down(person, place);
        case ConfirmedKind::key_import:
        case ConfirmedKind::key_retire:
        case ConfirmedKind::key_withdraw:
            return person.has(Role::access_administrator) || person.has(Role::administrator);
    }
    return false;
}

bool may_ask_somewhere(const Person& person, ConfirmedKind kind) {
    const bool of_sites = kind == ConfirmedKind::lockdown_end;
    return may_ask_confirmation(person, kind, {}) ||
           (of_sites && std::ranges::any_of(person.local_roles, [&](const LocalRole& local) {
                return may_lock_down(person, local.scope);
            }));
}

std::vector<ConfirmedKind> confirmations_seen(const Person& person) {
    std::vector<ConfirmedKind> seen;
    for (const auto kind :
         {ConfirmedKind::person_export, ConfirmedKind::lockdown_end, ConfirmedKind::key_import,
          ConfirmedKind::key_retire, ConfirmedKind::key_withdraw}) {
        if (may_ask_confirmation(person, kind, {})) {
            seen.push_back(kind);
        }
    }
    return seen;
}

bool is_watched(const Person& person) {
    return may_ask_confirmation(person, ConfirmedKind::person_export, {}) ||
           may_ask_confirmation(person, ConfirmedKind::key_import, {});
}

std::vector<std::int64_t> sites_of_confirmations(const Person& person) {
    return places_where(person, ScopeKind::site, may_lock_down);
}

bool may_lock_down(const Person& person, const Scope& place) {
    return person.has(Role::access_administrator, place) || person.has(Role::office, place);
}

bool may_keep_doors(const Person& person, const Scope& place) {
    return person.has(Role::access_administrator, place);
}

bool may_command_doors(const Person& person, const Scope& place) {
    return person.has(Role::access_administrator, place) || person.has(Role::office, place);
}

bool may_keep_agents(const Person& person) {
    return person.has(Role::access_administrator);
}

bool may_read_access_log(const Person& person) {
    return person.has(Role::access_administrator) || person.has(Role::data_protection);
}

bool may_end_sessions(const Person& actor, PersonId whose) {
    return actor.has(Role::administrator) && actor.id != whose;
}

bool may_see_doors(const Person& person) {
    return person.has(Role::access_administrator) || person.has(Role::office);
}

std::vector<std::int64_t> sites_of_doors(const Person& person) {
    return places_where(person, ScopeKind::site, may_keep_doors);
}

bool may_set_retention(const Person& person) {
    return person.has(Role::administrator);
}

}  // namespace creneau::people
