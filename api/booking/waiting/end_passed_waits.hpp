#pragma once

#include "api/booking/booking_types.hpp"
#include "api/store/readers.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <cstdint>

namespace creneau::booking {

inline constexpr std::int64_t kMostPassedWaits = 200;  ///< that end in one write

/// Ends those who wait for a slot that has begun, the earliest first, each with an audit line and a
/// mail: what is left, the next tick of the clock takes. Reads where there is nothing to do.
void end_passed_waits(store::Readers& readers, store::Writer& writer, TownId town,
                      std::chrono::sys_seconds now);

}  // namespace creneau::booking
