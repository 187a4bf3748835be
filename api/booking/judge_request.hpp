#pragma once

#include "api/booking/affair.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rules.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/check_wish.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/request_booking.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace creneau::booking {

/// The booker of a request, as the rules see them.
[[nodiscard]] BookerFacts facts_of(const std::optional<people::Person>& booker,
                                   const std::optional<AssociationId>& association, RoomId room);

struct Judging {
    Offer offer = Offer::alternatives;
    std::optional<std::string> hold_until = {};  ///< to be held until then, local time of the site
};

/// The request against every rule and, by a look, against what is there: its slot, or every rule
/// that fails. One place for single bookings and for each date of a series.
[[nodiscard]] Outcome<Slot> judge(store::Session& session, const RequestBooking& request,
                                  const std::optional<Place>& place, const BookerFacts& booker,
                                  const Judging& judging = {});

/// Slots that `judge` would say yes to, where others can cure every one of `failures`.
[[nodiscard]] std::vector<Alternative> alternatives_to(store::Session& session,
                                                       const RequestBooking& request,
                                                       const Place& place,
                                                       const BookerFacts& booker,
                                                       const std::vector<Failure>& failures);

/// A slot as it was asked for, and what is wrong with the rest of the request.
struct Demand {
    std::string start;  ///< local time of the site
    std::string end;
    std::vector<Failure> failures;
};

/// The wish against every rule of its place, as `judge` for what is no new request: its slot, or
/// every rule that fails, those of the demand included, with alternatives where another slot or
/// room can cure all of them. The wish's own slot is not looked at.
[[nodiscard]] Outcome<Slot> judge_wish(store::Session& session, Wish wish, const Place& place,
                                       const Demand& demand, Offer offer = Offer::alternatives);

}  // namespace creneau::booking
