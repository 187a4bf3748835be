#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/closures/closure_types.hpp"
#include "api/booking/holds/hold_types.hpp"
#include "api/booking/view_store.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace creneau::booking {

struct CloseRooms {
    TownId town{};
    PersonId actor{};            ///< rights are read again in the transaction
    std::optional<SiteId> site;  ///< just one of site, room and spaces
    std::optional<RoomId> room;
    std::vector<SpaceId> spaces;
    std::string start;  ///< local time of the site, 'YYYY-MM-DDTHH:MM'; may be past
    std::string end;
    ClosureKind kind = ClosureKind::works;
    std::string reason;
    MeetPolicy meets = MeetPolicy::refuse;
    std::chrono::sys_seconds now;
};

/// What a closure would be, and whom it meets.
struct ClosurePlan {
    people::Person actor;
    Closure closure;  ///< without an id
    /// Pending and approved bookings in its spaces that are not over, by start.
    std::vector<BookingView> met;
    std::vector<Hold> holds;  ///< in its spaces; they end, whatever becomes of bookings
};

/// The closure against every rule, the same for a preview and for the commit. Reads only. That it
/// meets bookings is no failure here: see refusal_of().
[[nodiscard]] Outcome<ClosurePlan> plan_closure(store::Session& session, const CloseRooms& order);

/// Why the plan is refused under its policy; nothing when it goes ahead.
[[nodiscard]] std::optional<BookingError> refusal_of(const ClosurePlan& plan, MeetPolicy meets);

}  // namespace creneau::booking
