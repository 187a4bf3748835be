#pragma once

#include "api/access/access_types.hpp"
#include "api/access/badge_access_rules.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <vector>

namespace creneau::access {

/// What duties open of the agent's doors, of staff who hold a badge, by the hours made for the time
/// zone of its site: whole days, so that nothing changes from one minute to the next. A duty lasts
/// no longer than its holder is of the staff.
[[nodiscard]] DutyAccess select_duty_access(store::Session& session, TownId town,
                                            std::int64_t agent);

/// When doors of the agent stand open for everybody, in whole days of the same hours.
[[nodiscard]] std::vector<FreeHours> select_free_hours(store::Session& session, TownId town,
                                                       std::int64_t agent);

}  // namespace creneau::access
