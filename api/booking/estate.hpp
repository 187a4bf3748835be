#pragma once

#include "api/access/access_types.hpp"
#include "api/booking/booking_types.hpp"
#include "api/store/session.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace creneau::booking {

// Reads of sites and rooms, by name. They run in the caller's transaction.

[[nodiscard]] std::vector<Site> list_sites(store::Session& session, TownId town);
[[nodiscard]] std::optional<Site> find_site(store::Session& session, TownId town, SiteId site);

/// Rooms of a site, or of the whole town.
[[nodiscard]] std::vector<Room> list_rooms(store::Session& session, TownId town,
                                           std::optional<SiteId> site = {});
[[nodiscard]] std::optional<Room> find_room(store::Session& session, TownId town, RoomId room);

/// The spaces a room is made of.
[[nodiscard]] std::vector<SpaceId> spaces_of(store::Session& session, TownId town, RoomId room);

/// Every dated way into a room.
[[nodiscard]] std::vector<access::WayIn> ways_into(store::Session& session, TownId town,
                                                   RoomId room);

}  // namespace creneau::booking
