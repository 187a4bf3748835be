#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/change.hpp"
#include "api/store/session.hpp"

#include <string>

namespace creneau::booking {

struct RefuseBooking {
    Change change;
    std::string ground;  ///< a code of refusal_grounds()
    std::string text;    ///< what the office adds, may be empty
};

/// The office says no to a pending booking, on a lawful ground: its spaces become free, and the
/// booker gets a mail.
[[nodiscard]] Outcome<Booking> refuse_booking(store::Session& session,
                                              const RefuseBooking& refusal);

}  // namespace creneau::booking
