#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/change.hpp"
#include "api/store/session.hpp"

namespace creneau::booking {

/// The office says yes to a pending booking, unless buffers meet another one and it gives no reason
/// to set that aside: it occupies its spaces if it did not (`room_taken`
/// when somebody else does by now), gets its access window and pass, and the booker a mail.
[[nodiscard]] Outcome<Booking> approve_booking(store::Session& session, const Change& change);

}  // namespace creneau::booking
