#pragma once

#include "api/booking/booking_types.hpp"

#include <map>
#include <vector>

namespace creneau::booking {

/// What a booking of a selection asks for.
struct SelectedClaim {
    BookingId id{};
    Interval at;
    std::vector<SpaceId> spaces;  ///< ascending
};

/// Which of them want a space at the same time, each with the others in the order given; a booking
/// that meets none is not named.
[[nodiscard]] std::map<BookingId, std::vector<BookingId>> collisions(
    const std::vector<SelectedClaim>& claims);

}  // namespace creneau::booking
