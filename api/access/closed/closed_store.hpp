#pragma once

#include "api/access/access_types.hpp"
#include "api/access/closed/closed_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <vector>

namespace creneau::access {

struct ClosedSince {
    std::chrono::sys_seconds since;  ///< of passes, badges and agents
    std::chrono::sys_seconds now;    ///< passes that are over by then are left out
};
/// What is closed here: passes, badges and agents of lately, and all lockdowns, disabled doors and
/// numbers of scopes that there are.
[[nodiscard]] std::vector<Closed> select_closed(store::Session& session, TownId town,
                                                const ClosedSince& which);

/// Closes what is open here. What was opened anew since, or is not here at all, stays as it is; a
/// badge that was given after `now`, by a clock that was ahead, is closed.
/// @returns whether something changed.
bool close_again(store::Session& session, const Closed& closed, std::chrono::sys_seconds now);

}  // namespace creneau::access
