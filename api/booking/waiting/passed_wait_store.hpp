#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/holds/hold_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <vector>

namespace creneau::booking {

/// Who is still in the line for a slot that has begun: the first `limit`, the earliest slot first.
[[nodiscard]] std::vector<WaitId> select_passed_waits(store::Session& session, TownId town,
                                                      std::chrono::sys_seconds now,
                                                      std::int64_t limit);

}  // namespace creneau::booking
