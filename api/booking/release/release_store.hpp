#pragma once

#include "api/booking/booking_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <vector>

namespace creneau::booking {

// SQL of slots that are given back, each query within one town.

/// The approved bookings that go on and whose room gives them back by now, by id.
struct DuePage {
    std::chrono::sys_seconds now;
    BookingId after{};
    std::int64_t limit = 0;
};
[[nodiscard]] std::vector<BookingId> select_releasable(store::Session& session, TownId town,
                                                       const DuePage& page);

/// Keeps what the booking's slot was; `end` as it was booked.
void insert_release(store::Session& session, TownId town, const Booking& before);

/// The slot that the booking has now was given back.
[[nodiscard]] bool is_released(store::Session& session, TownId town, const Booking& booking);

/// Waits for whoever writes down what the agents of the zone's doors tell, and keeps others from it
/// until the transaction is over.
void hold_agents(store::Session& session, TownId town, access::ZoneId zone);

}  // namespace creneau::booking
