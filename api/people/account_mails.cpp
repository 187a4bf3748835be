#include "api/people/account_mails.hpp"

#include "api/mail/account_facts.hpp"
#include "api/mail/outbox_store.hpp"
#include "api/people/account_code_rules.hpp"
#include "api/people/ids.hpp"
#include "api/people/people_store.hpp"
#include "api/people/security_log.hpp"
#include "api/people/town_words_store.hpp"
#include "api/store/column.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace creneau::people {

std::string_view mail_of(CodeKind kind) {
    switch (kind) {
        case CodeKind::invitation:
            return mail::kInvitationMail;
        case CodeKind::password_reset:
            return mail::kPasswordResetMail;
        case CodeKind::sign_in:
            return mail::kSignInCodeMail;
    }
    return "";
}

void queue_account_mail(store::Session& session, TownId town, const AccountMail& mail,
                        std::chrono::sys_seconds now) {
    const auto reader = store::present(find_person(session, town, mail.person), "reader of a mail");
    const auto words = find_town_words(session, town);
    const mail::AccountFacts facts{mail.to_association ? mail.association : reader.name,
                                   words.name,
                                   words.service,
                                   words.email,
                                   words.phone,
                                   store::raw_or_zero(mail.code),
                                   mail.association,
                                   store::raw_or_zero(mail.about),
                                   mail.day};
    mail::NewMail queued;
    queued.town_id = store::raw(town);
    queued.template_word = std::string(mail.word);
    queued.person_id = store::raw(mail.person);
    queued.facts = mail::to_json(facts);
    queued.passing_address = mail.passing_address;
    if (mail.to_association) {
        queued.association_id = store::raw(*mail.to_association);
    }
    queued.now = now;
    mail::add_to_outbox(session, queued);
}

void announce_account_end(store::Session& session, TownId town, PersonId person,
                          const std::string& day, std::chrono::sys_seconds now) {
    AccountMail mail;
    mail.person = person;
    mail.word = mail::kAccountUnusedMail;
    mail.day = day;
    queue_account_mail(session, town, mail, now);
    log_security(session, town,
                 {.action = "account_end_announced", .actor = {}, .about = person, .at = now});
}

}  // namespace creneau::people
