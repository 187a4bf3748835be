#include "api/people/sign_in.hpp"

#include "api/people/account_key.hpp"
#include "api/people/attempts.hpp"
#include "api/people/passwords.hpp"
#include "api/people/people_store.hpp"
#include "api/people/person.hpp"
#include "api/people/second_factor/check_second_factor.hpp"
#include "api/people/second_factor/proved_by.hpp"
#include "api/people/security_log.hpp"
#include "api/people/sessions.hpp"
#include "api/people/sign_in_store.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>
#include <string_view>
#include <utility>

namespace creneau::people {

Account find_account(store::Session& session, const Attempt& attempt) {
    Account account;
    account.blocked_for = delay_of(session, attempt);
    const auto person = find_person_by_email(session, attempt.town, attempt.email);
    if (person && person->is_active(attempt.now)) {
        account.person = person->id;
        account.password_hash = find_password_hash(session, attempt.town, person->id).value_or("");
    }
    return account;
}

tl::expected<PersonId, SignInRefusal> judge(const Account& account, const SignIn& sign_in) {
    if (account.blocked_for > std::chrono::seconds{0}) {
        return tl::unexpected(SignInRefusal{SignInError::throttled, account.blocked_for});
    }
    const bool matches = password_matches(sign_in.password, account.password_hash);
    if (!matches || !account.person) {
        return tl::unexpected(SignInRefusal{});
    }
    return *account.person;
}

tl::expected<Opened, SignInRefusal> open_signed_in(store::Session& session, const AccountKey& key,
                                                   const Attempt& attempt, PersonId person,
                                                   const NewSession& opened) {
    if (const auto delay = delay_of(session, attempt); delay > std::chrono::seconds{0}) {
        return tl::unexpected(SignInRefusal{SignInError::throttled, delay});
    }
    auto found = find_person(session, attempt.town, person);
    const bool is_overtaken =
        !opened.password_hash.empty() &&
        find_password_hash(session, attempt.town, person) != opened.password_hash;
    if (!found || !found->is_active(attempt.now) || is_overtaken) {
        return tl::unexpected(SignInRefusal{});
    }
    const auto factor = check_second_factor(session, key, attempt, person, opened.factor);
    if (!factor) {
        return tl::unexpected(factor.error());
    }
    auto opening = opened;
    opening.proved_by = *factor                        ? ProvedBy::second_factor
                        : opened.password_hash.empty() ? ProvedBy::code
                                                       : ProvedBy::password;
    forget_failures_of(session, attempt);
    open_session(session, attempt.town, person, opening, attempt.now);
    log_security(session, attempt.town,
                 {.action = "signed_in", .actor = person, .about = person, .at = attempt.now});
    return Opened{opened.token, std::move(*found)};
}

std::chrono::seconds refuse_sign_in(store::Session& session, const Attempt& attempt,
                                    std::string_view what) {
    const auto person = find_person_by_email(session, attempt.town, attempt.email);
    log_security(session, attempt.town,
                 {.action = "sign_in_refused",
                  .actor = {},
                  .about = person ? std::optional(person->id) : std::nullopt,
                  .at = attempt.now,
                  .ground = what});
    return record_failure(session, attempt);
}

}  // namespace creneau::people
