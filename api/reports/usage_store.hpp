#pragma once

#include "api/reports/report_types.hpp"
#include "api/store/session.hpp"

#include <vector>

namespace creneau::reports {

/// What was booked, added up: by id of the room, id of the association (0: individuals), key of the
/// kind, month, or, for weekdays, by date. The most minutes first, months and dates in order.
[[nodiscard]] std::vector<UsageRow> select_usage(store::Session& session, const Scope& scope,
                                                 UsageBy by);

}  // namespace creneau::reports
