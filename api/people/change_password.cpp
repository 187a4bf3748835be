#include "api/people/change_password.hpp"

#include "api/mail/account_facts.hpp"
#include "api/people/account_mails.hpp"
#include "api/people/attempts.hpp"
#include "api/people/new_password.hpp"
#include "api/people/person.hpp"
#include "api/people/sign_in.hpp"
#include "api/people/sign_in_store.hpp"
#include "api/store/session.hpp"

#include <chrono>

namespace creneau::people {

tl::expected<PersonId, SignInRefusal> change_password(store::Session& session,
                                                      const ChangePassword& order) {
    if (const auto delay = delay_of(session, order.attempt); delay > std::chrono::seconds{0}) {
        return tl::unexpected(SignInRefusal{SignInError::throttled, delay});
    }
    if (find_password_hash(session, order.attempt.town, order.person) != order.judged) {
        return tl::unexpected(SignInRefusal{});
    }
    forget_failures_of(session, order.attempt);
    keep_password(
        session, order.attempt.town,
        {.person = order.person, .hash = order.hash, .kept = order.session, .actor = order.person},
        order.attempt.now);
    if (!order.judged) {
        // Nobody gets a password without hearing of it.
        queue_account_mail(session, order.attempt.town, {order.person, mail::kPasswordSetMail},
                           order.attempt.now);
    }
    return order.person;
}

}  // namespace creneau::people
