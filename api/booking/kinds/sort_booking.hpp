#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/change.hpp"
#include "api/store/session.hpp"

#include <string>

namespace creneau::booking {

struct SortBooking {
    Change change;
    std::string kind;  ///< key of a kind of the town; empty: none
};

/// The office says what a booking is for, whatever its state. Nobody is told: services that follow
/// the kind hear of the booking's next change. `unknown_booking`, `not_allowed`, `stale`,
/// `wrong_state` when somebody else was faster, `unknown_kind`.
[[nodiscard]] Outcome<Booking> sort_booking(store::Session& session, const SortBooking& order);

}  // namespace creneau::booking
