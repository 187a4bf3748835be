#pragma once

#include "api/reports/report_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace creneau::reports {

/// From one instant until another, half-open.
struct RequestedIn {
    std::chrono::sys_seconds from;
    std::chrono::sys_seconds to;
};

/// The requests that came in then, of the rooms of the scope, in the order they came.
[[nodiscard]] std::vector<Decided> select_decided(store::Session& session, const Scope& scope,
                                                  const RequestedIn& instants);

/// The time zone of the town's office.
[[nodiscard]] std::string select_time_zone(store::Session& session, people::TownId town);

}  // namespace creneau::reports
