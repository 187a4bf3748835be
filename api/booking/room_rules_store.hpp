#pragma once

#include "api/booking/booking_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/buffer_rules.hpp"
#include "api/booking/quota_rules.hpp"
#include "api/booking/room_rules.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace creneau::booking {

// Reads of what the rules of a room are judged by, each within one town.

/// What the room carries, and the quotas that count its bookings.
[[nodiscard]] RoomRules load_rules(store::Session& session, TownId town, RoomId room);

/// Whose booking it is: an association, or (none) the person.
struct Owner {
    std::optional<AssociationId> association;
    PersonId person{};
};

/// The groups that the owner is in.
[[nodiscard]] std::vector<std::int64_t> groups_of(store::Session& session, TownId town,
                                                  const Owner& owner);

/// What occupies a space of the room within `range`, and the nearest before it: seeks
/// the predecessor, scans forward.
[[nodiscard]] std::vector<Neighbour> neighbours_of(store::Session& session, TownId town,
                                                   RoomId room, const Interval& range,
                                                   const Look& look);

/// What an owner holds is counted by.
struct HeldQuery {
    std::int64_t quota = 0;
    Owner owner;
    Interval period;  ///< of the start
    BookingId but_for{};
};
/// The owner's pending and approved bookings that the quota counts.
[[nodiscard]] Held held_by(store::Session& session, TownId town, const HeldQuery& query);

/// Whether the quota counts what is booked in the room.
[[nodiscard]] bool counts_room(store::Session& session, TownId town, std::int64_t quota,
                               RoomId room);

}  // namespace creneau::booking
