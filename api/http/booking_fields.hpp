#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/request_booking.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/http/fields.hpp"
#include "api/http/request.hpp"

#include <optional>
#include <string>

namespace creneau::http {

/// A count that the rules judge: they say what would pass.
inline constexpr IntegerRange kAnyCount{-1'000'000'000, 1'000'000'000};

/// What a request for a room says, whether it is to be booked, held or waited for: room, slot, for
/// whom, how many and what for. What is wrong with it is left in `fields`.
[[nodiscard]] booking::RequestBooking request_in(Fields& fields, const Request& request);

/// What the text of a member says, none where there is none; what is no date, an empty text
/// included, is left in `fields`.
[[nodiscard]] std::optional<booking::LocalDate> date_of(Fields& fields, const std::string& name,
                                                        const std::optional<std::string>& text);

/// "2026-12-05", a bookable date; without one, what is wrong is left in `fields`.
[[nodiscard]] std::optional<booking::LocalDate> date_in(Fields& fields, const std::string& name);
/// The same where none need be given.
[[nodiscard]] std::optional<booking::LocalDate> optional_date_in(Fields& fields,
                                                                 const std::string& name);

/// `kind`, which has to be there: a key of a kind of booking, empty for none.
[[nodiscard]] std::string kind_in(Fields& fields);

/// Refuses `to` of a query that is not after `from`, or more than 92 days after it; says nothing of
/// what is no instant already.
void check_range(Fields& fields, const booking::Interval& range);

}  // namespace creneau::http
