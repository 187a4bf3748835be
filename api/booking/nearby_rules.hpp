#pragma once

#include "api/booking/quota_rules.hpp"
#include "api/booking/room_rules.hpp"

#include <optional>
#include <vector>

namespace creneau::booking {

/// What keeps a slot from being had, as the clock on the wall shows it.
struct Hindrance {
    LocalSlot wished;
    LocalMinutes now;
    NoticeRule notice;              ///< none where the asker's notice does not matter
    std::optional<LocalSlot> busy;  ///< what is in the way, buffers included
    std::vector<DateRange> spent;   ///< periods of quotas that are used up
    std::vector<LocalSlot> own;     ///< what the asker's series wants there, buffers included
};

/// Slots of the room to try instead, the likeliest first: the one wished for as the room's hours,
/// length and grid would have it, just after and just before what is in the way, then the same on
/// days around it, there just after and just before what the series itself wants. Each still to be
/// judged; the wished one is not among them, and nothing meets what the series wants.
[[nodiscard]] std::vector<LocalSlot> nearby_slots(const RoomRules& rules, const Hindrance& why,
                                                  const WallClock& shown);

}  // namespace creneau::booking
