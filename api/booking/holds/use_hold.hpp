#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/equipment/equipment_types.hpp"
#include "api/booking/holds/hold_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>
#include <vector>

namespace creneau::booking {

/// What every change to a hold says.
struct HoldChange {
    TownId town{};
    PersonId actor{};  ///< rights are read again in the transaction
    HoldId hold{};
    std::chrono::sys_seconds now;
};

struct BookHold {
    HoldChange change;
    std::optional<std::vector<EquipmentOrder>> equipment{};  ///< none: what is held
};
/// The holder, another manager of the association or the office for them makes the hold a booking,
/// which is judged as any request. `unknown_booking` when the actor may not see it, `wrong_state`
/// when it holds no more.
[[nodiscard]] Outcome<Booking> book_hold(store::Session& session, const BookHold& order);

/// Gives the slot up before the deadline, and with an offer the place in the line; the holder gets
/// one mail when it was somebody else.
[[nodiscard]] Outcome<Hold> release_hold(store::Session& session, const HoldChange& change);

}  // namespace creneau::booking
