#include "api/people/my_sessions.hpp"

#include "api/people/security_log.hpp"
#include "api/people/session_store.hpp"
#include "api/people/session_types.hpp"
#include "api/store/session.hpp"

#include <chrono>

namespace creneau::people {

namespace {

void log_ended(store::Session& session, const SessionOwner& owner, std::chrono::sys_seconds now) {
    log_security(
        session, owner.town,
        {.action = "sessions_ended", .actor = owner.person, .about = owner.person, .at = now});
}

}  // namespace

bool end_session(store::Session& session, const SessionOwner& owner, SessionId id,
                 std::chrono::sys_seconds now) {
    if (!delete_session_of(session, owner, id)) {
        return false;
    }
    log_ended(session, owner, now);
    return true;
}

void end_other_sessions(store::Session& session, const SessionOwner& owner, SessionId kept,
                        std::chrono::sys_seconds now) {
    delete_sessions_of(session, owner.town, owner.person, kept);
    log_ended(session, owner, now);
}

}  // namespace creneau::people
