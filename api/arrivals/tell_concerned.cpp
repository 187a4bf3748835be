#include "api/arrivals/tell_concerned.hpp"

#include "api/arrivals/movement_rules.hpp"
#include "api/arrivals/movement_store.hpp"
#include "api/arrivals/movement_types.hpp"
#include "api/mail/movement_facts.hpp"
#include "api/mail/outbox_store.hpp"
#include "api/mail/template_words.hpp"
#include "api/people/account_code_rules.hpp"
#include "api/people/account_codes.hpp"
#include "api/people/organisations/organisation_types.hpp"
#include "api/people/people_store.hpp"
#include "api/people/person.hpp"
#include "api/people/roles/role_store.hpp"
#include "api/people/security_log.hpp"
#include "api/people/sign_in_store.hpp"
#include "api/people/town_words_store.hpp"
#include "api/store/column.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::arrivals {

namespace {

/// An invitation serves that long: it leaves when it still does on the day.
constexpr std::chrono::days kInvitedAhead{5};
constexpr std::int64_t kMostOfRole = 100;

/// A mail about a movement.
struct About {
    const Movement& movement;
    NoticeStep step = NoticeStep::line_manager;
    bool reminder = false;
    bool withdrawn = false;
};

std::vector<PersonId> holders_of(store::Session& session, TownId town, people::Role role) {
    people::RoleQuery query;
    query.role = role;
    query.limit = kMostOfRole;
    std::vector<PersonId> holders;
    for (const auto& given : people::select_roles(session, town, query)) {
        if (given.scope.kind == people::ScopeKind::town) {
            holders.push_back(given.person);
        }
    }
    return holders;
}

std::vector<PersonId> addressees_of(store::Session& session, TownId town, const About& about) {
    switch (about.step) {
        case NoticeStep::line_manager:
            return about.movement.line_manager ? std::vector{*about.movement.line_manager}
                                               : std::vector<PersonId>();
        case NoticeStep::it:
            return holders_of(session, town, people::Role::administrator);
        case NoticeStep::access:
            return holders_of(session, town, people::Role::access_administrator);
    }
    return {};
}

/// The facts but for who reads them.
mail::MovementFacts facts_of(store::Session& session, TownId town, const About& about) {
    const Movement& movement = about.movement;
    const auto words = people::find_town_words(session, town);
    mail::MovementFacts facts;
    facts.person_id = store::raw(movement.person.id);
    facts.arrival = movement.kind == MovementKind::arrival;
    facts.department = movement.department;
    facts.local_at = movement.moment.local;
    facts.step = word_of(about.step);
    facts.reminder = about.reminder;
    facts.corrected = movement.corrected && !about.withdrawn && !about.reminder;
    facts.withdrawn = about.withdrawn;
    facts.town = words.name;
    facts.service = words.service;
    facts.town_email = words.email;
    facts.town_phone = words.phone;
    return facts;
}

/// Answers how many mails were queued: to who answers for the step and is there.
std::size_t tell(store::Session& session, TownId town, const About& about,
                 std::chrono::sys_seconds now) {
    mail::MovementFacts facts = facts_of(session, town, about);
    mail::NewMail mail;
    mail.town_id = store::raw(town);
    mail.template_word = mail::word_of(mail::Template::staff_movement);
    mail.now = now;
    std::size_t told = 0;
    for (const PersonId addressee : addressees_of(session, town, about)) {
        const auto person = people::find_person(session, town, addressee);
        if (person && person->is_active(now)) {
            facts.reader = person->name;
            mail.person_id = store::raw(addressee);
            mail.facts = mail::to_json(facts);
            mail::add_to_outbox(session, mail);
            ++told;
        }
    }
    return told;
}

std::size_t tell_due(store::Session& session, TownId town, const Movement& movement,
                     std::chrono::sys_seconds now) {
    std::size_t queued = 0;
    for (const DueNotice& due : notices_due(movement, now)) {
        Notice notice = *std::ranges::find(movement.notices, due.step, &Notice::step);
        const auto told = tell(session, town, {movement, due.step, due.reminder, false}, now);
        queued += told;
        if (due.reminder) {
            notice.reminded_at = now;
            ++notice.reminders;
        } else {
            notice.told_at = now;
        }
        if (told == 0) {
            notice.acknowledged_at = now;
        }
        keep_notice(session, town, movement.id, notice);
    }
    return queued;
}

std::size_t invite(store::Session& session, TownId town, const Movement& movement,
                   std::chrono::sys_seconds now) {
    mark_invited(session, town, movement.id, now);
    const auto person = people::find_person(session, town, movement.person.id);
    if (!person || person->email.empty() ||
        people::find_password_hash(session, town, movement.person.id)) {
        return 0;
    }
    (void)people::mail_code(session, town, movement.person.id, people::CodeKind::invitation, now);
    people::log_security(
        session, town,
        {.action = "invitation_sent", .actor = {}, .about = movement.person.id, .at = now});
    return 1;
}

bool has_due(store::Session& session, TownId town, std::chrono::sys_seconds now) {
    const auto open = select_to_tell(session, town);
    return std::ranges::any_of(
               open,
               [now](const Movement& movement) { return !notices_due(movement, now).empty(); }) ||
           !select_to_invite(session, town, now + kInvitedAhead).empty();
}

}  // namespace

std::size_t tell_concerned(store::Session& session, TownId town, std::chrono::sys_seconds now) {
    std::size_t queued = 0;
    for (const Movement& movement : select_to_tell(session, town)) {
        queued += tell_due(session, town, movement, now);
    }
    for (const Movement& movement : select_to_invite(session, town, now + kInvitedAhead)) {
        queued += invite(session, town, movement, now);
    }
    return queued;
}

void tell_due_concerned(store::Readers& readers, store::Writer& writer, TownId town,
                        std::chrono::sys_seconds now) {
    const bool any =
        readers.read([&](store::Session& session) { return has_due(session, town, now); });
    if (any) {
        // What is not written now is written by a later tick.
        (void)writer.run([town, now](store::Session& session) -> tl::expected<bool, bool> {
            tell_concerned(session, town, now);
            return true;
        });
    }
}

void tell_withdrawn(store::Session& session, TownId town, const Movement& movement,
                    std::chrono::sys_seconds now) {
    for (const Notice& notice : movement.notices) {
        if (notice.told_at) {
            tell(session, town, {movement, notice.step, false, true}, now);
        }
    }
}

}  // namespace creneau::arrivals
