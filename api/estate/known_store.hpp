#pragma once

#include "api/estate/estate_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace creneau::estate {

using Ids = std::map<std::string, std::int64_t>;  // by key

/// A town as the database has it.
struct Known {
    std::optional<std::int64_t> town_id;
    Estate estate;
    Ids sites, agents, doors, zones, spaces, groups, rooms, quotas, equipment, booking_kinds,
        people, associations;
    /// Keys of those that were changed in the application since the file last said them.
    std::set<std::string> edited_people, edited_associations;
    /// What became of the keys of those who were erased.
    std::set<std::string> erased_people;
};

/// An unknown town has no id and an empty estate.
Known load_known(store::Session& session, const std::string& town_key);

/// Adds groups, quotas, equipment, kinds of booking, the rules of its rooms and who is in which
/// group to a town that is there. For load_known.
void load_known_rules(store::Session& session, Known& known);

/// What stands in the way of changing a room or a site under its bookings.
struct RoomUse {
    bool occupied = false;          // its bookings occupy its spaces, now or once
    bool has_pending = false;       // a booking of it waits for a decision
    bool has_open_windows = false;  // somebody may still come in for a booking of it
};
RoomUse use_of_room(store::Session& session, std::int64_t room_id, std::chrono::sys_seconds now);

/// The most that bookings not ended and holds that hold take of a stock at one instant still to
/// come, and which of them take part where it is more than `enough`, by id.
struct StockUse {
    std::int64_t most = 0;
    std::vector<std::int64_t> bookings;
    std::vector<std::int64_t> holds;
};
StockUse use_of_stock(store::Session& session, std::int64_t equipment_id, std::int64_t enough,
                      std::chrono::sys_seconds now);

/// What of the site's time is still to come, each as an error says it: "bookings", "closures",
/// "holds", "waits".
std::vector<std::string> use_of_site(store::Session& session, std::int64_t site_id,
                                     std::chrono::sys_seconds now);

}  // namespace creneau::estate
