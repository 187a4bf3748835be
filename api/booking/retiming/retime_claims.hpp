#pragma once

#include "api/booking/booking_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <utility>
#include <vector>

namespace creneau::booking {

/// What is held or waited for, where the local times name other instants by now. A hold is
/// withdrawn with a mail, as its deadline and its slot were promised together; whoever had it as an
/// offer waits again, at the place in the line that they had. A wait goes to the new instants, or
/// leaves when its times name nothing any more. Answers what was free or waited for, to be offered
/// when everything else is in its place.
[[nodiscard]] std::vector<std::pair<RoomId, Interval>> retime_claims(store::Session& session,
                                                                     TownId town,
                                                                     std::chrono::sys_seconds now);

}  // namespace creneau::booking
