#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/equipment/equipment_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace creneau::booking {

/// Whether a refusal is answered with slots that would pass.
enum class Offer : std::uint8_t { alternatives, nothing };

struct RequestBooking {
    TownId town{};
    PersonId actor{};                ///< rights are read again in the transaction
    std::optional<PersonId> booker;  ///< none: the actor; another person: the office acts for them
    RoomId room{};
    std::optional<AssociationId> association;
    std::string start;  ///< local time of the site, 'YYYY-MM-DDTHH:MM'
    std::string end;
    std::int64_t attendees = 0;
    std::string purpose;
    std::string layout;  ///< key of one of the room's; empty: as it stands
    std::string kind;    ///< key of one of the town's kinds of booking; empty: none
    std::vector<EquipmentOrder> equipment = {};
    std::string override_reason;  ///< the office's, to set soft rules aside
    /// Slots of that room which the same series takes and the database does not hold yet.
    std::vector<Interval> siblings;
    /// Slots of that room which the same series asks for, taken or not: none is offered instead.
    std::vector<Interval> wanted;
    std::chrono::sys_seconds now;
    Offer offer = Offer::alternatives;  ///< nothing: nobody is there to choose
    /// Asked for in time by the dates of a yearly round: neither the room's notice nor its
    /// residents' priority says anything of it. No request from outside sets it.
    bool in_round = false;
};

/// Asks for a room. Writes booking, occupancies, access window, pass, audit line and outbox row in
/// the caller's transaction; a room without approval approves at once. The database refuses an
/// overlap (`room_taken`). Every failing rule is answered at once.
[[nodiscard]] Outcome<Booking> request_booking(store::Session& session,
                                               const RequestBooking& request);

}  // namespace creneau::booking
