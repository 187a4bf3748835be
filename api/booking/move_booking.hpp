#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/change.hpp"
#include "api/store/session.hpp"

#include <optional>
#include <string>

namespace creneau::booking {

struct MoveBooking {
    Change change;
    std::optional<RoomId> room;  ///< none: the same
    std::string start;           ///< local time of the (new) site
    std::string end;
    std::optional<std::string> layout = {};  ///< none: the same; it has to be one of the (new) room
};

/// Puts a booking that has not begun into another slot or room: the old occupancies go before the
/// new ones come, the old credential is revoked and a new pass id made. What the booker moves needs
/// a new approval where the room asks for one, unless it only became shorter.
[[nodiscard]] Outcome<Booking> move_booking(store::Session& session, const MoveBooking& move);

}  // namespace creneau::booking
