#pragma once

#include "api/booking/affair.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/holds/hold_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstddef>
#include <vector>

namespace creneau::booking {

/// Offers what was freed of a room, and the equipment that was taken with it, to those who wait:
/// each in turn whose whole wish can be had now gets a hold with a deadline and a mail; whoever
/// lacks something keeps their place. Call it last in the write that frees, when whatever
/// takes the place instead is in.
void give_way(store::Session& session, TownId town, RoomId room, const Interval& freed,
              std::chrono::sys_seconds now);

/// The same to everybody in line, whatever changed; answers how many offers there were.
std::size_t give_way(store::Session& session, TownId town, std::chrono::sys_seconds now);

/// Of everybody in line, the longest waiting first, who could have all of their wish now, by a read
/// that looks at each alone; at most `limit`.
[[nodiscard]] std::vector<WaitId> who_could_have(store::Session& session, TownId town,
                                                 std::chrono::sys_seconds now, std::size_t limit);

/// give_way() to these alone, in their order.
std::size_t give_way(store::Session& session, TownId town, const std::vector<WaitId>& waits,
                     std::chrono::sys_seconds now);

/// The same of what a booking that was given up leaves.
void give_way(store::Session& session, const Affair& affair);

}  // namespace creneau::booking
