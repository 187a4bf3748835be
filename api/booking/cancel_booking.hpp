#pragma once

#include "api/booking/affair.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/change.hpp"
#include "api/store/session.hpp"

#include <string>

namespace creneau::booking {

struct CancelBooking {
    Change change;
    std::string ground;  ///< a code of cancellation_grounds(); empty: the booker's own wish
    std::string text;
};

/// The booker, another manager of the association or the office gives up a booking that has not
/// begun, the office also one that has not ended: spaces free, window gone, credential revoked, the
/// booker told.
[[nodiscard]] Outcome<Booking> cancel_booking(store::Session& session,
                                              const CancelBooking& cancellation);

/// All of cancel_booking() but the mail: for a batch, which sends one.
[[nodiscard]] Outcome<Affair> cancel_untold(store::Session& session,
                                            const CancelBooking& cancellation);

}  // namespace creneau::booking
