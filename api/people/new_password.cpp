#include "api/people/new_password.hpp"

#include "api/mail/account_facts.hpp"
#include "api/people/account_code_store.hpp"
#include "api/people/account_mails.hpp"
#include "api/people/breached_passwords.hpp"
#include "api/people/ids.hpp"
#include "api/people/password_rules.hpp"
#include "api/people/people_store.hpp"
#include "api/people/security_log.hpp"
#include "api/people/sessions.hpp"
#include "api/people/sign_in_store.hpp"
#include "api/people/tokens/token_store.hpp"
#include "api/people/town_words_store.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

namespace creneau::people {

tl::expected<std::vector<PasswordFault>, NoList> judge_new_password(std::string_view password,
                                                                    const PasswordContext& context,
                                                                    const BreachedPasswords* list) {
    if (list == nullptr) {
        return tl::unexpected(NoList{});
    }
    auto faults = password_faults(password, context);
    if (list->has(password)) {
        faults.push_back(PasswordFault::breached);
    }
    return faults;
}

PasswordContext password_context(store::Session& session, TownId town, std::string_view email) {
    const auto words = find_town_words(session, town);
    return {canonical_email(email), {words.name, words.key, words.service}};
}

void keep_password(store::Session& session, TownId town, const NewPassword& password,
                   std::chrono::sys_seconds now) {
    const bool had_one = find_password_hash(session, town, password.person).has_value();
    save_password_hash(session, town, password.person, password.hash, now);
    close_sessions_of(session, town, password.person, password.kept);
    end_codes(session, town, password.person, std::nullopt);
    delete_tokens_of(session, town, password.person);
    log_security(
        session, town,
        {.action = "password_set", .actor = password.actor, .about = password.person, .at = now});
    if (had_one) {
        queue_account_mail(session, town, {password.person, mail::kPasswordSetMail}, now);
    }
}

}  // namespace creneau::people
