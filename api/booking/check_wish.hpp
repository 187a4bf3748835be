#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/buffer_rules.hpp"
#include "api/booking/equipment/equipment_types.hpp"
#include "api/booking/local_time.hpp"
#include "api/booking/room_rules.hpp"
#include "api/booking/room_rules_store.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::booking {

/// What the owner's series takes of a room besides a wish; in no table yet.
struct Siblings {
    RoomId room{};
    Buffers buffers;  ///< of that room
    std::vector<Interval> slots;
    std::vector<Interval> wanted;  ///< all that it asks for there: none of it is offered instead
};

/// A room, a slot, and who wants it: a request or a move.
struct Wish {
    TownId town{};
    RoomId room{};
    Slot slot;
    Crowd crowd;
    Owner owner;
    PersonId actor{};  ///< who asks, for the owner or themselves; nobody: it follows by itself
    bool owner_is_staff = false;
    BookingId own{};                 ///< the booking to move; it is not in its own way
    std::optional<Interval> former;  ///< and where it is now
    RoomId former_room{};
    std::chrono::minutes leave_notice{};  ///< that the former room wants of who leaves it
    bool by_office = false;
    bool in_round =
        false;  ///< asked for in time by the round's dates: no notice, no residents first
    std::string override_reason;  ///< the office's, to set soft rules aside
    Siblings siblings;
    std::vector<EquipmentOrder> equipment;  ///< each sibling takes as much
    std::optional<std::string> hold_until;  ///< to be held until then, local time of the site
    std::chrono::sys_seconds now;
};

/// Whether a booking that moves stays within what it has.
[[nodiscard]] bool stays_within(const Wish& wish);

/// The room's rules about who asks, how many come and what they take; nothing here depends on the
/// slot.
[[nodiscard]] std::vector<Failure> check_who(store::Session& session, const Wish& wish,
                                             const Room& room, const RoomRules& rules);

/// Every rule of the room that the wish breaks: who asks, the slot, its buffers, the owner's quotas
/// and whether enough equipment is left. `slot` is what resolve_slot said; the wish's is the same
/// where it names one.
[[nodiscard]] std::vector<Failure> check_rules(store::Session& session, const Wish& wish,
                                               const Room& room, const RoomRules& rules,
                                               const tl::expected<Slot, TimeError>& slot);

/// What the owner holds and takes against the quotas of the room.
[[nodiscard]] std::vector<Failure> check_quotas(store::Session& session, const Wish& wish,
                                                const Room& room, const RoomRules& rules);

/// Whether the wish's room is the one of its siblings or shares a space with it, so that they may
/// meet there.
[[nodiscard]] bool may_meet_siblings(store::Session& session, const Wish& wish);

/// What is in the way of the wish in its room, as distinct from what rules say (obstacles.hpp).
[[nodiscard]] std::vector<Failure> check_way(store::Session& session, const Wish& wish);

/// The soft rules alone, for a booking that is in or about to be: what the office may set aside.
[[nodiscard]] std::vector<Failure> check_soft(store::Session& session, TownId town,
                                              const Booking& booking, const RoomRules& rules,
                                              std::chrono::sys_seconds now);

}  // namespace creneau::booking
