#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/holds/hold_types.hpp"
#include "api/booking/request_booking.hpp"
#include "api/store/session.hpp"

#include <string>

namespace creneau::booking {

struct PlaceHold {
    RequestBooking request;  ///< what the hold is to become
    std::string until;       ///< local time of the site, 'YYYY-MM-DDTHH:MM'
};

/// The office keeps a slot for somebody until a deadline: it meets every rule that a booking of it
/// would, and its holder gets a mail.
[[nodiscard]] Outcome<Hold> place_hold(store::Session& session, const PlaceHold& order);

}  // namespace creneau::booking
