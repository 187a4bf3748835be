#include "api/people/invite.hpp"

#include "api/people/account_code_rules.hpp"
#include "api/people/account_codes.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/people_store.hpp"
#include "api/people/person.hpp"
#include "api/people/security_log.hpp"
#include "api/people/sign_in_store.hpp"
#include "api/store/session.hpp"

namespace creneau::people {

tl::expected<Invited, InviteError> invite(store::Session& session, const Invite& order) {
    const auto actor = find_person(session, order.town, order.actor);
    if (!actor || !may_invite(*actor)) {
        return tl::unexpected(InviteError::forbidden);
    }
    const auto person = find_person(session, order.town, order.person);
    if (!person || !may_open_account(*person, order.now) ||
        !may_use_data(*actor, is_restricted(session, order.town, order.person))) {
        return tl::unexpected(InviteError::unknown_person);
    }
    if (!may_invite(*actor, *person)) {
        return tl::unexpected(InviteError::forbidden);
    }
    if (is_staff(*person) && !is_fresh(order.proved_at, order.now)) {
        return tl::unexpected(InviteError::proof_needed);
    }
    if (person->email.empty()) {
        return tl::unexpected(InviteError::no_address);
    }
    if (find_password_hash(session, order.town, person->id)) {
        return tl::unexpected(InviteError::has_password);
    }
    const auto code = mail_code(session, order.town, person->id, CodeKind::invitation, order.now);
    log_security(
        session, order.town,
        {.action = "invitation_sent", .actor = actor->id, .about = person->id, .at = order.now});
    return Invited{person->id, code.ends_at};
}

}  // namespace creneau::people
