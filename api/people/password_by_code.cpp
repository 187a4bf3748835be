#include "api/people/password_by_code.hpp"

#include "api/people/account_code_rules.hpp"
#include "api/people/account_codes.hpp"
#include "api/people/account_key.hpp"
#include "api/people/attempts.hpp"
#include "api/people/new_password.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/people_store.hpp"
#include "api/people/person.hpp"
#include "api/people/second_factor/second_factor_store.hpp"
#include "api/people/security_log.hpp"
#include "api/people/sessions.hpp"
#include "api/people/sign_in.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace creneau::people {

namespace {

struct Entry {
    CodeKind kind;
    bool has_second_factor;
};

bool may_enter(const Person& person, const Entry& entry, std::chrono::sys_seconds now) {
    switch (entry.kind) {
        case CodeKind::invitation:
            return may_open_account(person, now);
        case CodeKind::password_reset:
            return person.is_active(now);
        case CodeKind::sign_in:
            return person.is_active(now) && may_sign_in_by_code(person, entry.has_second_factor);
    }
    return false;
}

std::string_view accepted_word(CodeKind kind) {
    return kind == CodeKind::invitation ? "invitation_accepted" : "password_reset";
}

}  // namespace

tl::expected<PersonId, SignInRefusal> check_code(store::Session& session, const AccountKey& key,
                                                 const Attempt& attempt,
                                                 const EnteredCode& entered) {
    if (const auto delay = delay_of(session, attempt); delay > std::chrono::seconds{0}) {
        return tl::unexpected(SignInRefusal{SignInError::throttled, delay});
    }
    auto person = find_person_by_email(session, attempt.town, attempt.email);
    // Asked of nobody, too, so that both take the same steps.
    const bool has_factor =
        has_second_factor(session, {attempt.town, person ? person->id : PersonId{}});
    if (person && !may_enter(*person, {entered.kind, has_factor}, attempt.now)) {
        person.reset();
    }
    const auto id = person ? std::optional(person->id) : std::nullopt;
    if (!take_code(session, key, {attempt.town, id, attempt.now}, entered)) {
        return tl::unexpected(SignInRefusal{SignInError::wrong, refuse_sign_in(session, attempt)});
    }
    // A mailbox gives whoever has no app of this person no more tries at its codes.
    if (!has_factor) {
        forget_failures_of(session, attempt);
    }
    return person->id;
}

tl::expected<PersonId, SignInRefusal> set_password_by_code(store::Session& session,
                                                           const AccountKey& key,
                                                           const PasswordByCode& order) {
    const auto& attempt = order.attempt;
    const auto person = check_code(session, key, attempt, order.entered);
    if (!person) {
        return person;
    }
    log_security(session, attempt.town,
                 {.action = accepted_word(order.entered.kind),
                  .actor = *person,
                  .about = *person,
                  .at = attempt.now});
    keep_password(session, attempt.town,
                  {.person = *person, .hash = order.hash, .kept = {}, .actor = *person},
                  attempt.now);
    return person;
}

tl::expected<Opened, SignInRefusal> sign_in_by_code(store::Session& session, const AccountKey& key,
                                                    const Attempt& attempt,
                                                    const std::string& letters,
                                                    const NewSession& opened) {
    const auto person = check_code(session, key, attempt, {CodeKind::sign_in, letters});
    if (!person) {
        return tl::unexpected(person.error());
    }
    return open_signed_in(session, key, attempt, *person, opened);
}

}  // namespace creneau::people
