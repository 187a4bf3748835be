#include "api/booking/obstacles.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rules.hpp"
#include "api/booking/booking_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/closures/closure_rules.hpp"
#include "api/booking/closures/closure_store.hpp"
#include "api/booking/closures/closure_types.hpp"
#include "api/booking/holds/hold_rules.hpp"
#include "api/booking/occupancy_store.hpp"
#include "api/store/session.hpp"

#include <vector>

namespace creneau::booking {

std::vector<Failure> check_obstacles(store::Session& session, TownId town, const Spot& spot,
                                     const Look& look) {
    std::vector<Failure> failures;
    const bool taken = is_taken(session, town, spot.room, spot.at, look);
    // A closure has a row wherever no booking was: only beside its own a booking may see none.
    if (!taken && look.but_for == BookingId{}) {
        return failures;
    }
    if (!spot.was_there) {
        for (const Closure& closure : select_closures(session, town, {spot.at, {}, spot.room})) {
            failures.push_back(room_closed(closure));
        }
    }
    if (!taken) {
        return failures;
    }
    if (const auto until = held_until(session, town, spot.room, spot.at, look)) {
        failures.push_back(room_held(*until));
    }
    const bool only_closed = failures.empty() && spot.was_there;
    if ((failures.empty() && !only_closed) || is_booked(session, town, spot.room, spot.at, look)) {
        failures.insert(failures.begin(), room_taken());
    }
    return failures;
}

}  // namespace creneau::booking
