#pragma once

#include "api/access/access_types.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/legal/legal_rules.hpp"
#include "api/booking/room_rules.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace creneau::booking {

// Reads of towns, sites and rooms, each within one town. Lists are ordered by name.

/// What a mail says of the town, and when it leaves.
struct Town {
    std::string name;
    std::string service;  ///< the office that decides
    std::string email;
    std::string phone;
    std::chrono::minutes pass_ahead{};  ///< before its slot, a code that leaves by itself
    LegalWords legal;
};

/// A room, where it stands and what it asks of a booking.
struct Place {
    Room room;
    Site site;
    Town town;
    RoomRules rules;
    std::vector<SpaceId> spaces;  ///< the room is made of
};

[[nodiscard]] std::vector<Site> list_sites(store::Session& session, TownId town);

/// Rooms of a site, or of the whole town.
[[nodiscard]] std::vector<Room> list_rooms(store::Session& session, TownId town,
                                           std::optional<SiteId> site = {});

[[nodiscard]] std::optional<Room> find_room(store::Session& session, TownId town, RoomId room);

[[nodiscard]] std::optional<Place> find_place(store::Session& session, TownId town, RoomId room);

/// An indivisible part of a building.
struct Space {
    SpaceId id{};
    SiteId site{};
    std::string key;
    std::string name;
};
[[nodiscard]] std::vector<Space> list_spaces(store::Session& session, TownId town);

/// The spaces a room is made of.
[[nodiscard]] std::vector<SpaceId> spaces_of(store::Session& session, TownId town, RoomId room);

/// Whether the rooms have a space in common.
[[nodiscard]] bool share_space(store::Session& session, TownId town, RoomId one, RoomId other);

/// Every dated way into a room, oldest first.
[[nodiscard]] std::vector<access::WayIn> ways_into(store::Session& session, TownId town,
                                                   RoomId room);

}  // namespace creneau::booking
