#pragma once

#include "api/booking/affair.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rules.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/request_booking.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <optional>

namespace creneau::booking {

/// The booker of a request, as the rules see them.
[[nodiscard]] BookerFacts facts_of(const std::optional<people::Person>& booker,
                                   const std::optional<AssociationId>& association);

/// Whether a taken slot is answered with others that are free.
enum class Offer : std::uint8_t { alternatives, nothing };

/// The request against every rule and, by a look, against what is there: its slot, or every rule
/// that fails. One place for single bookings and for each date of a series.
[[nodiscard]] Outcome<Slot> judge(store::Session& session, const RequestBooking& request,
                                  const std::optional<Place>& place, const BookerFacts& booker,
                                  Offer offer = Offer::alternatives);

}  // namespace creneau::booking
