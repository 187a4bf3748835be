#pragma once

#include "api/access/passes.hpp"
#include "api/booking/affair.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/change.hpp"
#include "api/booking/equipment/equipment_types.hpp"
#include "api/booking/request_booking.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace creneau::booking {

struct MoveBooking {
    Change change;
    std::optional<RoomId> room;  ///< none: the same
    std::string start;           ///< local time of the (new) site
    std::string end;
    std::optional<std::string> layout = {};  ///< none: the same; it has to be one of the (new) room
    std::optional<std::int64_t> attendees = {};                 ///< none: as many as before
    std::optional<std::vector<EquipmentOrder>> equipment = {};  ///< none: the same
    std::optional<std::string> purpose = {};                    ///< none: the same
    Offer offer = Offer::alternatives;
};

/// Puts a booking that has not begun into another slot or room, or changes what it takes: the old
/// occupancies go before the new ones come, the old credential is revoked and a new pass id made.
/// What the booker changes needs a new approval where the room asks for one, unless it only became
/// shorter.
[[nodiscard]] Outcome<Booking> move_booking(store::Session& session, const MoveBooking& move);

/// A move whose mail is the caller's.
struct Moved {
    Affair affair;
    std::optional<access::Pass> pass;
    RoomId former_room_id{};
    std::string former_room;
    Slot former_slot;
    bool changed = true;  ///< false: it was there already, nothing was written
};

/// All of move_booking() but the mail and the offer of what it leaves: for a batch, which sends one
/// mail and offers when all are in place.
[[nodiscard]] Outcome<Moved> move_untold(store::Session& session, const MoveBooking& move);

/// Where else the booking could go than where `failures` keep it from, none of it within `wanted`,
/// what a batch wants of the same room. To be asked when the rest of the batch is in place.
[[nodiscard]] std::vector<Alternative> alternatives_to(store::Session& session,
                                                       const MoveBooking& move,
                                                       const std::vector<Failure>& failures,
                                                       const std::vector<Interval>& wanted);

}  // namespace creneau::booking
