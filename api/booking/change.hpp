#pragma once

#include "api/booking/booking_types.hpp"

#include <chrono>
#include <cstdint>
#include <optional>

namespace creneau::booking {

/// What every change to an existing booking says.
struct Change {
    TownId town{};
    PersonId actor{};  ///< rights are read again in the transaction
    BookingId booking{};
    std::optional<std::int64_t> expected_sequence;  ///< If-Match; otherwise `stale`
    std::chrono::sys_seconds now;
};

}  // namespace creneau::booking
