#pragma once

#include "api/booking/booking_error.hpp"

#include <vector>

namespace creneau::booking {

/// What several parts of one change refuse, as one answer: every failure once, the dates in order.
/// One that is about no rule (its state, who may see it) stands alone. At least one.
[[nodiscard]] BookingError joined(std::vector<BookingError> refusals);

}  // namespace creneau::booking
