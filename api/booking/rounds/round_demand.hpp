#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/rounds/round_error.hpp"
#include "api/booking/rounds/round_rules.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace creneau::booking {

/// A time on which more than one wish needs the same space of a room.
struct Collision {
    DayMinutes at;
    std::vector<RoundWishId> wishes;  ///< ascending

    friend bool operator==(const Collision&, const Collision&);
};

/// What is wished for of a room on one weekday.
struct DayDemand {
    std::chrono::weekday day;
    std::int64_t wishes = 0;         ///< that name the room
    std::int64_t first_choices = 0;  ///< that name it first
    std::chrono::minutes wished{};   ///< of those that name it, together
    std::vector<Collision> collisions;
};

struct RoomDemand {
    RoomId room{};
    std::string room_name;
    std::vector<DayDemand> days;  ///< with a wish or a collision, Monday first
};

/// A room as demand sees it.
struct WishedRoom {
    RoomId room{};
    std::string name;
    std::vector<SpaceId> spaces;
};

/// Pure. Of the rooms in `rooms` that something is wished for or collides in, in their order; a
/// wish takes the spaces of each room that it names.
[[nodiscard]] std::vector<RoomDemand> demand_of(std::span<const RoundWish> wishes,
                                                std::span<const WishedRoom> rooms);

struct DemandPage {
    TownId town{};
    RoundId round{};
    std::int64_t limit = 50;
    std::optional<RoomId> after;  ///< only later ids
};
/// The demand of a round against the town's rooms, by room id. For the office.
[[nodiscard]] RoundOutcome<std::vector<RoomDemand>> read_demand(store::Session& session,
                                                                const people::Person& reader,
                                                                const DemandPage& page);

}  // namespace creneau::booking
