#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"

#include <chrono>
#include <span>
#include <vector>

namespace creneau::booking {

/// Time to set a room up before a slot and to clear it after. Buffers may overlap one another, but
/// not the body of another booking.
struct Buffers {
    std::chrono::minutes setup{};
    std::chrono::minutes teardown{};
};

/// What else occupies a space of the room.
struct Neighbour {
    Interval at;
    Buffers buffers;  ///< of the neighbour's own room
};

/// The slot's buffers against the neighbours' bodies and its body against their buffers. Bodies
/// that overlap are not looked at: that is `room_taken`.
[[nodiscard]] std::vector<Failure> check_buffers(const Interval& slot, const Buffers& buffers,
                                                 std::span<const Neighbour> neighbours);

}  // namespace creneau::booking
