#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/closures/closure_types.hpp"
#include "api/booking/closures/plan_closure.hpp"
#include "api/booking/view_store.hpp"
#include "api/store/session.hpp"

#include <vector>

#include <tl/expected.hpp>

namespace creneau::booking {

/// Why nothing was closed; under `refuse`, the bookings that are in the way.
struct ClosureRefusal {
    BookingError error;
    std::vector<BookingView> met;
};

/// The office closes spaces: the free parts are occupied, the bookings that it meets stay or go as
/// the order says, each booker told by one mail, in the caller's transaction.
[[nodiscard]] tl::expected<Closure, ClosureRefusal> close_rooms(store::Session& session,
                                                                const CloseRooms& order);

}  // namespace creneau::booking
