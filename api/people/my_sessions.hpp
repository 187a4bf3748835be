#pragma once

#include "api/people/session_store.hpp"
#include "api/people/session_types.hpp"
#include "api/store/session.hpp"

#include <chrono>

namespace creneau::people {

/// Ends one of a person's own sessions from another one, or this one; false when they have none
/// of that number.
[[nodiscard]] bool end_session(store::Session& session, const SessionOwner& owner, SessionId id,
                               std::chrono::sys_seconds now);

/// Ends all of them but `kept`.
void end_other_sessions(store::Session& session, const SessionOwner& owner, SessionId kept,
                        std::chrono::sys_seconds now);

}  // namespace creneau::people
