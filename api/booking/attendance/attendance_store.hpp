#pragma once

#include "api/booking/booking_types.hpp"
#include "api/store/session.hpp"

#include <cstdint>

namespace creneau::booking {

// SQL of who came, each query within one town.

/// Somebody came for the slot that the booking has now.
[[nodiscard]] bool has_check_in(store::Session& session, TownId town, const Booking& booking);

/// The locked doors behind which a booking's windows are.
struct DoorsTold {
    std::int64_t doors = 0;
    /// Those whose agent came in after the booking's end with all its rows and a clock to trust.
    std::int64_t told = 0;
};
[[nodiscard]] DoorsTold count_doors_told(store::Session& session, TownId town,
                                         const Booking& booking);

/// A door of its windows let anybody in while they last, by whatever right, or stood open for all.
[[nodiscard]] bool is_anybody_seen(store::Session& session, TownId town, const Booking& booking);

/// A key is lent, or somebody opens, on the day of the booking.
[[nodiscard]] bool has_other_way_in(store::Session& session, TownId town, const Booking& booking);

}  // namespace creneau::booking
