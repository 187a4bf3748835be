#pragma once

#include "api/booking/booking_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <vector>

namespace creneau::booking {

/// The requests that nobody decided on before their slot ended: the first `limit`, the earliest
/// first.
[[nodiscard]] std::vector<BookingId> select_undecided(store::Session& session, TownId town,
                                                      std::chrono::sys_seconds now,
                                                      std::int64_t limit);

}  // namespace creneau::booking
