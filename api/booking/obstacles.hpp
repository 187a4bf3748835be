#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/store/session.hpp"

#include <vector>

namespace creneau::booking {

/// Where a booking wants to be.
struct Spot {
    RoomId room{};
    Interval at;
    bool was_there = false;  ///< within the slot it has: what closed over it later does not count
};

/// What is in the way, as distinct from what rules say: a booking, a closure, a hold. Nothing when
/// the spot is free. A look only, as is_taken.
[[nodiscard]] std::vector<Failure> check_obstacles(store::Session& session, TownId town,
                                                   const Spot& spot, const Look& look);

}  // namespace creneau::booking
