#include "api/people/organisations/tell_managers.hpp"

#include "api/mail/account_facts.hpp"
#include "api/people/account_mails.hpp"
#include "api/people/organisations/organisation_types.hpp"
#include "api/people/people_store.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <set>

namespace creneau::people {

void tell_managers(store::Session& session, const ManagersChanged& change) {
    const auto& [town, actor, now] = change.actor;
    const AssociationRecord& association = change.before;
    std::set<PersonId> told{change.about};
    for (const NamedPerson& manager : association.managers) {
        told.insert(manager.id);
    }
    told.erase(actor);
    AccountMail mail;
    mail.word = mail::kManagersChangedMail;
    mail.association = association.name;
    for (const PersonId reader : told) {
        const auto person = find_person(session, town, reader);
        if (person && !person->email.empty()) {
            mail.person = reader;
            queue_account_mail(session, town, mail, now);
        }
    }
    if (!association.email.empty()) {
        mail.person = actor;
        mail.to_association = association.id;
        queue_account_mail(session, town, mail, now);
    }
}

}  // namespace creneau::people
