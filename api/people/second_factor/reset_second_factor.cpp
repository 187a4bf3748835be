#include "api/people/second_factor/reset_second_factor.hpp"

#include "api/mail/account_facts.hpp"
#include "api/people/account_code_store.hpp"
#include "api/people/account_mails.hpp"
#include "api/people/four_eyes/tell_administrators.hpp"
#include "api/people/ids.hpp"
#include "api/people/organisations/person_record_store.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/people_store.hpp"
#include "api/people/second_factor/second_factor_store.hpp"
#include "api/people/security_log.hpp"
#include "api/people/sessions.hpp"
#include "api/people/tokens/token_store.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>
#include <string>

#include <tl/expected.hpp>

namespace creneau::people {

namespace {

/// `actor`: none is whoever runs the server.
tl::expected<PersonId, ResetError> take_away(store::Session& session, const FactorOwner& owner,
                                             std::optional<PersonId> actor,
                                             std::chrono::sys_seconds now) {
    if (!delete_second_factor(session, owner)) {
        return tl::unexpected(ResetError::unknown);
    }
    const auto& [town, person] = owner;
    if (actor) {
        mark_let_in(session, town, person, now);
        tell_administrators(session, town, person, now);
    }
    close_sessions_of(session, town, person);
    end_codes(session, town, person, std::nullopt);
    delete_tokens_of(session, town, person);
    log_security(session, town,
                 {.action = "second_factor_reset", .actor = actor, .about = person, .at = now});
    queue_account_mail(session, town, {person, mail::kSecondFactorResetMail}, now);
    return person;
}

}  // namespace

tl::expected<PersonId, ResetError> reset_second_factor(store::Session& session,
                                                       const ResetSecondFactor& order) {
    const auto actor = find_person(session, order.town, order.actor);
    if (!actor || !may_reset_second_factor(*actor, order.person)) {
        return tl::unexpected(ResetError::forbidden);
    }
    if (!is_fresh(order.proved_at, order.now)) {
        return tl::unexpected(ResetError::proof_needed);
    }
    if (!find_person(session, order.town, order.person)) {
        return tl::unexpected(ResetError::unknown);
    }
    return take_away(session, {order.town, order.person}, order.actor, order.now);
}

tl::expected<PersonId, ResetError> reset_second_factor_of(store::Session& session, TownId town,
                                                          const std::string& email,
                                                          std::chrono::sys_seconds now) {
    const auto person = find_person_by_email(session, town, email);
    if (!person) {
        return tl::unexpected(ResetError::unknown);
    }
    return take_away(session, {town, person->id}, std::nullopt, now);
}

}  // namespace creneau::people
