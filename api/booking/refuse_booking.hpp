#pragma once

#include "api/booking/affair.hpp"
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

/// All of refuse_booking() but the mail: for a batch, which sends one.
[[nodiscard]] Outcome<Affair> refuse_untold(store::Session& session, const RefuseBooking& refusal);

}  // namespace creneau::booking
