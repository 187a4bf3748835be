#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/closures/closure_types.hpp"
#include "api/store/session.hpp"

#include <chrono>

namespace creneau::booking {

struct RemoveClosure {
    TownId town{};
    PersonId actor{};  ///< rights are read again in the transaction
    ClosureId closure{};
    std::chrono::sys_seconds now;
};

/// The office opens again what it closed; what another closure is over stays closed.
/// `unknown_booking` when no such closure stands.
[[nodiscard]] Outcome<Closure> remove_closure(store::Session& session, const RemoveClosure& order);

}  // namespace creneau::booking
