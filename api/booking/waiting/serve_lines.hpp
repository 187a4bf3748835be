#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/waiting/wait_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstddef>
#include <vector>

namespace creneau::booking {

/// A wait that nobody else's change serves any more: the town itself has less than is asked for,
/// its notice is over, or a quota lets its holder have no more.
struct HopelessWait {
    Wait wait;
    std::vector<Failure> failures;  ///< of its room's rules and the stocks, at least one
};

struct LinesServed {
    std::size_t offered = 0;
    std::vector<HopelessWait> hopeless;  ///< the longest waiting first; they keep their places
};

/// To be called in the transaction that changed what the town has: its rooms, their rules, stocks.
/// Whoever waits in any line, the longest waiting first, gets an offer where the whole wish can be
/// had now, as give_way() offers what is freed.
[[nodiscard]] LinesServed serve_lines(store::Session& session, TownId town,
                                      std::chrono::sys_seconds now);

}  // namespace creneau::booking
