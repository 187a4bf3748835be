#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/holds/hold_types.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/people/person.hpp"

namespace creneau::booking {

/// The booker or a manager of its association: those whose booking and pass it is.
[[nodiscard]] bool owns(const people::Person& person, const Booking& booking);

/// Owners and the office. To anybody else the booking does not exist.
[[nodiscard]] bool may_see(const people::Person& person, const Booking& booking);

/// The same of a whole series.
[[nodiscard]] bool may_see(const people::Person& person, const Series& series);

/// The same of a hold or a wait.
[[nodiscard]] bool may_see(const people::Person& person, const Claim& claim);

/// Places holds for others.
[[nodiscard]] bool may_hold(const people::Person& person);

/// Closes rooms and opens them again.
[[nodiscard]] bool may_close(const people::Person& person);

/// Decides on requests and acts for others.
[[nodiscard]] bool is_office(const people::Person& person);

}  // namespace creneau::booking
