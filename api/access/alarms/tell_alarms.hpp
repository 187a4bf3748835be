#pragma once

#include "api/access/access_types.hpp"
#include "api/access/alarms/alarm_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <vector>

namespace creneau::access {

/// Queues one mail about these alarms, which began or ended, to each address that is told of some
/// of them; in the transaction of the change.
void tell_of_alarms(store::Session& session, TownId town, const std::vector<Alarm>& changed,
                    std::chrono::sys_seconds now);

}  // namespace creneau::access
