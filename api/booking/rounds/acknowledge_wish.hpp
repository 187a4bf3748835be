#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <string_view>

namespace creneau::booking {

/// What was done to a wish, by whom.
struct WishStep {
    TownId town{};
    const people::Person& actor;
    const Round& round;
    std::string_view step;  ///< "stated", "edited" or "withdrawn"
    std::chrono::sys_seconds now;
};

/// Tells the association at once, in the same transaction, that its wish arrived, changed or is
/// withdrawn: what it asks for, who did it, and what happens next.
void acknowledge_wish(store::Session& session, const WishStep& step, const RoundWish& wish);

}  // namespace creneau::booking
