#pragma once

#include "api/people/ids.hpp"
#include "api/privacy/erasure_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <vector>

namespace creneau::privacy {

/// What of somebody's still runs at `now`, but associations; at most a hundred of a kind.
[[nodiscard]] std::vector<Obstacle> select_obstacles(store::Session& session, people::TownId town,
                                                     people::PersonId person,
                                                     std::chrono::sys_seconds now);

/// The associations that they manage or have running bookings of, with who else manages them.
[[nodiscard]] std::vector<RunningAssociation> select_running_associations(
    store::Session& session, people::TownId town, people::PersonId person,
    std::chrono::sys_seconds now);

}  // namespace creneau::privacy
