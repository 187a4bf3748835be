#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/equipment/equipment_types.hpp"
#include "api/booking/room_rules.hpp"
#include "api/booking/room_rules_store.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace creneau::booking {

/// A room, a slot, and who wants it: a request or a move.
struct Wish {
    TownId town{};
    RoomId room{};
    Slot slot;
    Crowd crowd;
    Owner owner;
    bool owner_is_staff = false;
    BookingId own{};                 ///< the booking to move; it is not in its own way
    std::optional<Interval> former;  ///< and where it is now
    RoomId former_room{};
    bool by_office = false;
    bool in_round =
        false;  ///< asked for in time by the round's dates: no notice, no residents first
    std::string override_reason;  ///< the office's, to set soft rules aside
    /// What the owner takes of the room together with this; in no table yet.
    std::vector<Interval> siblings;
    std::vector<EquipmentOrder> equipment;  ///< each sibling takes as much
    std::chrono::sys_seconds now;
};

/// Whether a booking that moves stays within what it has.
[[nodiscard]] bool stays_within(const Wish& wish);

/// The room's rules about who asks, how many come and what they take; nothing here depends on the
/// slot.
[[nodiscard]] std::vector<Failure> check_who(store::Session& session, const Wish& wish,
                                             const Room& room, const RoomRules& rules);

/// The room's rules about the slot, its buffers and the owner's quotas included, and whether enough
/// equipment is left.
[[nodiscard]] std::vector<Failure> check_when(store::Session& session, const Wish& wish,
                                              const Room& room, const RoomRules& rules);

/// The soft rules alone, for a booking that is in or about to be: what the office may set aside.
[[nodiscard]] std::vector<Failure> check_soft(store::Session& session, TownId town,
                                              const Booking& booking, const RoomRules& rules,
                                              std::chrono::sys_seconds now);

}  // namespace creneau::booking
