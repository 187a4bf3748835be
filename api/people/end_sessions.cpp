#include "api/people/end_sessions.hpp"

#include "api/people/ids.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/people_store.hpp"
#include "api/people/security_log.hpp"
#include "api/people/session_store.hpp"
#include "api/store/session.hpp"

#include <optional>

#include <tl/expected.hpp>

namespace creneau::people {

tl::expected<PersonId, EndSessionsFault> end_sessions(store::Session& session,
                                                      const EndSessions& order) {
    const auto actor = find_person(session, order.town, order.actor);
    if (!actor || !may_end_sessions(*actor, order.person)) {
        return tl::unexpected(EndSessionsFault::not_allowed);
    }
    if (!find_person(session, order.town, order.person)) {
        return tl::unexpected(EndSessionsFault::unknown);
    }
    delete_sessions_of(session, order.town, order.person, std::nullopt);
    log_security(
        session, order.town,
        {.action = "sessions_ended", .actor = order.actor, .about = order.person, .at = order.now});
    return order.person;
}

}  // namespace creneau::people
