#pragma once

#include "api/reports/report_types.hpp"

#include <string>

namespace creneau::reports {

/// The condition of a scope's site and rooms for bookings `b` in rooms `r`, for *_store.cpp:
/// " AND …", or nothing. It binds no value.
[[nodiscard]] std::string rooms_within(const Scope& scope);

}  // namespace creneau::reports
