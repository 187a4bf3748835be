#include "api/access/doors/tell_lockdown.hpp"

#include "api/access/access_types.hpp"
#include "api/access/doors/door_store.hpp"
#include "api/access/doors/door_types.hpp"
#include "api/access/doors/site_time.hpp"
#include "api/mail/lockdown_facts.hpp"
#include "api/mail/outbox_store.hpp"
#include "api/mail/template_words.hpp"
#include "api/people/ids.hpp"
#include "api/people/people_store.hpp"
#include "api/people/person.hpp"
#include "api/people/roles/role_store.hpp"
#include "api/people/town_words_store.hpp"
#include "api/store/column.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <set>

namespace creneau::access {

namespace {

using store::raw;

constexpr std::int64_t kMostOfRole = 200;

void add_holders(store::Session& session, people::TownId town, people::Role role, SiteId site,
                 std::set<people::PersonId>& to) {
    people::RoleQuery query;
    query.role = role;
    query.limit = kMostOfRole;
    for (const auto& given : people::select_roles(session, town, query)) {
        const bool is_there = given.scope == people::Scope{people::ScopeKind::site, raw(site)};
        if (given.scope.kind == people::ScopeKind::town || is_there) {
            to.insert(given.person);
        }
    }
}

}  // namespace

void tell_of_lockdown(store::Session& session, people::TownId town, const Lockdown& about,
                      std::chrono::sys_seconds now) {
    const auto site =
        store::present(select_site(session, TownId{raw(town)}, about.site), "site locked down");
    const auto words = people::find_town_words(session, town);
    mail::LockdownFacts facts;
    facts.site = site.name;
    facts.help_contact = site.help_contact;
    facts.help_hours = site.help_hours;
    facts.ground = about.ground;
    facts.ended = about.ended_at.has_value();
    facts.local_at = site_time_of(now, site.time_zone);
    facts.town = words.name;
    facts.service = words.service;
    facts.town_email = words.email;
    facts.town_phone = words.phone;
    std::set<people::PersonId> told;
    for (const auto role : {people::Role::access_administrator, people::Role::office}) {
        add_holders(session, town, role, about.site, told);
    }
    mail::NewMail mail;
    mail.town_id = raw(town);
    mail.template_word = mail::word_of(mail::Template::site_lockdown);
    mail.facts = mail::to_json(facts);
    mail.now = now;
    for (const auto addressee : told) {
        const auto person = people::find_person(session, town, addressee);
        if (person && person->is_active(now)) {
            mail.person_id = raw(addressee);
            mail::add_to_outbox(session, mail);
        }
    }
}

}  // namespace creneau::access
