#pragma once

#include "api/booking/booking_types.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace creneau::booking {

/// What every change to an existing booking says.
struct Change {
    TownId town{};
    PersonId actor{};  ///< rights are read again in the transaction
    BookingId booking{};
    std::optional<std::int64_t> expected_sequence;  ///< If-Match; otherwise `stale`
    std::chrono::sys_seconds now;
    std::string override_reason = {};  ///< the office's, to set soft rules aside
};

}  // namespace creneau::booking
