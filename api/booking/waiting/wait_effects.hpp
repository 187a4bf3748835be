#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/holds/hold_types.hpp"
#include "api/booking/waiting/wait_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>
#include <string_view>

namespace creneau::booking {

// What whoever waits is told of their place in the line, in the transaction that changes it.

/// Acknowledges that they joined.
void tell_joined(store::Session& session, TownId town, const Wait& wait,
                 std::chrono::sys_seconds now);

/// How a wait came to nothing.
struct WaitEnd {
    std::string_view why;             ///< one of mail/wait_facts.hpp
    std::optional<PersonId> actor{};  ///< who gave the place up
    std::optional<HoldId> hold{};     ///< the offer that ended with it
    std::chrono::sys_seconds now;
};
/// Says so, and who did it; nothing to whoever did it themselves. That a date began for which a
/// round left somebody waiting is not told: the round's result said that it waits.
void tell_ended(store::Session& session, TownId town, WaitId wait, const WaitEnd& end);

}  // namespace creneau::booking
