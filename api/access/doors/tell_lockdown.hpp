#pragma once

#include "api/access/doors/door_types.hpp"
#include "api/people/ids.hpp"
#include "api/store/session.hpp"

#include <chrono>

namespace creneau::access {

/// Queues a mail to every access administrator and everybody of the office, of the town or of that
/// site, who is there: it began, or it ended.
void tell_of_lockdown(store::Session& session, people::TownId town, const Lockdown& about,
                      std::chrono::sys_seconds now);

}  // namespace creneau::access
