#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/request_booking.hpp"
#include "api/booking/waiting/wait_types.hpp"
#include "api/store/session.hpp"

#include <array>
#include <chrono>

namespace creneau::booking {

/// What is in the way of a slot and goes away by itself or by somebody else's change.
inline constexpr std::array kWaitedFor{Rule::room_taken, Rule::room_closed, Rule::room_held,
                                       Rule::buffer_taken, Rule::equipment_short};

/// Somebody waits for a slot that they could have, were nothing in the way. What else says no
/// refuses the wait too, and so does a slot that is free. What a yearly round left waiting is asked
/// for in time for good: of the room's notice, only the least of it binds the offer, and its own
/// message tells of it; whoever else joins gets an acknowledgement.
[[nodiscard]] Outcome<Wait> join_line(store::Session& session, const RequestBooking& request);

struct LeaveLine {
    TownId town{};
    PersonId actor{};  ///< rights are read again in the transaction
    WaitId wait{};
    std::chrono::sys_seconds now;
};
/// Whoever waits, or the office, gives the place up, and with it the hold that was offered; who
/// waited is told by whom it was, if not by themselves.
[[nodiscard]] Outcome<Wait> leave_line(store::Session& session, const LeaveLine& order);

}  // namespace creneau::booking
