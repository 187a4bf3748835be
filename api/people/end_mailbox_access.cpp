#include "api/people/end_mailbox_access.hpp"

#include "api/people/account_code_rules.hpp"
#include "api/people/account_code_store.hpp"
#include "api/people/ids.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/people_store.hpp"
#include "api/people/sessions.hpp"
#include "api/people/tokens/token_store.hpp"
#include "api/store/session.hpp"

namespace creneau::people {

void end_mailbox_access(store::Session& session, TownId town, PersonId person) {
    const auto known = find_person(session, town, person);
    if (!known || is_staff(*known)) {
        return;
    }
    close_sessions_of(session, town, person);
    end_codes(session, town, person, CodeKind::sign_in);
    delete_tokens_of(session, town, person);
}

}  // namespace creneau::people
