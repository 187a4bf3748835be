#include "api/people/set_password.hpp"

#include "api/people/attempts.hpp"
#include "api/people/new_password.hpp"
#include "api/people/password_rules.hpp"
#include "api/people/passwords.hpp"
#include "api/people/people_store.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <string>

namespace creneau::people {

namespace {

std::string sentence_of(PasswordFault fault) {
    switch (fault) {
        case PasswordFault::too_short:
            return "a password has at least 12 characters";
        case PasswordFault::too_long:
            return "a password has at most 256 characters";
        case PasswordFault::guessable:
            return "it says little more than the person's address or the town's name";
        case PasswordFault::breached:
            return "it is on the list of passwords that strangers have read";
    }
    return "";
}

}  // namespace

tl::expected<PersonId, SetPasswordRefusal> set_password(store::Session& session,
                                                        const SetPassword& change) {
    const auto person = find_person_by_email(session, change.town, change.email);
    if (!person) {
        return tl::unexpected(SetPasswordRefusal{SetPasswordError::unknown_person});
    }
    auto faults = judge_new_password(
        change.password, password_context(session, change.town, change.email), change.breached);
    if (!faults) {
        return tl::unexpected(SetPasswordRefusal{SetPasswordError::no_list});
    }
    if (!faults->empty()) {
        return tl::unexpected(SetPasswordRefusal{SetPasswordError::refused, *faults});
    }
    keep_password(session, change.town,
                  {.person = person->id, .hash = hash_password(change.password)}, change.now);
    forget_failures_of(session, {change.town, change.email, {}, change.now});
    return person->id;
}

std::string explain(const SetPasswordRefusal& refusal) {
    switch (refusal.error) {
        case SetPasswordError::unknown_person:
            return "nobody of the town has this address";
        case SetPasswordError::no_list:
            return "the list of breached passwords cannot be used: no password is set without it";
        case SetPasswordError::refused:
            break;
    }
    std::string text;
    for (const auto fault : refusal.faults) {
        text += (text.empty() ? "" : "; ") + sentence_of(fault);
    }
    return text;
}

}  // namespace creneau::people
