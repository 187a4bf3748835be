#include "api/people/four_eyes/tell_administrators.hpp"

#include "api/mail/account_facts.hpp"
#include "api/people/account_mails.hpp"
#include "api/people/ids.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/people_store.hpp"
#include "api/people/roles/administrator_rules.hpp"
#include "api/people/roles/role_store.hpp"
#include "api/store/session.hpp"

#include <chrono>

namespace creneau::people {

void tell_administrators(store::Session& session, TownId town, PersonId about,
                         std::chrono::sys_seconds now) {
    const auto person = find_person(session, town, about);
    if (!person || !is_watched(*person)) {
        return;
    }
    for (const AdministratorStay& one : select_administrators(session, town)) {
        if (one.person == about) {
            continue;
        }
        const auto reader = find_person(session, town, one.person);
        if (reader && reader->is_active(now)) {
            AccountMail mail;
            mail.person = one.person;
            mail.word = mail::kRightsWatchedMail;
            mail.about = about;
            queue_account_mail(session, town, mail, now);
        }
    }
}

}  // namespace creneau::people
