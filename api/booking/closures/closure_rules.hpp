#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/closures/closure_types.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace creneau::booking {

/// The slot lies in a closure: until when, and why.
[[nodiscard]] Failure room_closed(const Closure& closure);

/// What people call the kind, in both languages.
[[nodiscard]] Sentence words_for(ClosureKind kind);

/// The ground of cancellation_grounds() for bookings that a closure of this kind meets.
[[nodiscard]] std::string_view ground_of(ClosureKind kind);

/// Why it is closed: not empty, at most kLongestGroundText characters.
[[nodiscard]] std::vector<Failure> check_closure_reason(std::string_view reason);

/// A closure names just one of site, room and spaces; `named` is how many it does.
[[nodiscard]] std::vector<Failure> check_one_place(std::size_t named);

[[nodiscard]] Failure unknown_site();
[[nodiscard]] Failure unknown_space();
/// The closure is over before it begins to count.
[[nodiscard]] Failure closure_is_past();
[[nodiscard]] Failure meets_bookings(std::size_t bookings, std::size_t holds);

}  // namespace creneau::booking
