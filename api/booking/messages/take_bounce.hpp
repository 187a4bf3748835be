#pragma once

#include "api/booking/booking_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <string>

namespace creneau::booking {

/// A mail that came back, as its report names it.
struct TakeBounce {
    TownId town{};
    std::int64_t message = 0;
    std::string token;   ///< of the Message-ID
    std::string status;  ///< "5.1.1"
    std::chrono::sys_seconds now;
};

enum class BounceTaken : std::uint8_t {
    noted,
    known,    ///< noted before
    unknown,  ///< no mail that left has that number and that token
};

/// Notes that a sent mail came back, so that the office sees it on the booking.
[[nodiscard]] BounceTaken take_bounce(store::Session& session, const TakeBounce& bounce);

}  // namespace creneau::booking
