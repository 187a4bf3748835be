#include "api/people/set_password.hpp"

#include "api/people/passwords.hpp"
#include "api/people/people_store.hpp"
#include "api/people/person.hpp"
#include "api/people/sessions.hpp"
#include "api/people/sign_in_store.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

namespace creneau::people {

namespace {

std::size_t characters_of(const std::string& text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char byte) { return (byte & 0xC0) != 0x80; }));
}

}  // namespace

tl::expected<PersonId, SetPasswordError> set_password(store::Session& session,
                                                      const SetPassword& change) {
    const auto characters = characters_of(change.password);
    if (characters < kShortestPassword) {
        return tl::unexpected(SetPasswordError::too_short);
    }
    if (characters > kLongestPassword) {
        return tl::unexpected(SetPasswordError::too_long);
    }
    const auto person = find_person_by_email(session, change.town, change.email);
    if (!person) {
        return tl::unexpected(SetPasswordError::unknown_person);
    }
    save_password_hash(session, change.town, person->id, hash_password(change.password),
                       change.now);
    close_sessions_of(session, change.town, person->id);
    forget_failures(session, change.town, "account:" + canonical_email(change.email));
    return person->id;
}

const char* explain(SetPasswordError error) {
    switch (error) {
        case SetPasswordError::unknown_person:
            return "nobody of the town has this address";
        case SetPasswordError::too_short:
            return "a password has at least 12 characters";
        case SetPasswordError::too_long:
            return "a password has at most 256 characters";
    }
    return "";
}

}  // namespace creneau::people
