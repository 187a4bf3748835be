#include "api/booking/closures/keep_closed.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/closures/closure_store.hpp"
#include "api/booking/closures/closure_types.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/occupancy_store.hpp"
#include "api/booking/schedule.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <vector>

namespace creneau::booking {

void keep_closed(store::Session& session, TownId town, RoomId room, const Interval& freed,
                 std::chrono::sys_seconds now) {
    if (!select_closures(session, town, {freed, {}, room}).empty()) {
        keep_closed(session, town, spaces_of(session, town, room), freed, now);
    }
}

void keep_closed(store::Session& session, TownId town, const std::vector<SpaceId>& spaces,
                 const Interval& freed, std::chrono::sys_seconds now) {
    auto closures = select_closures(session, town, {freed});
    std::ranges::sort(closures, {}, &Closure::id);
    for (const Closure& closure : closures) {
        const Interval part{std::max(freed.start, closure.slot.at.start),
                            std::min(freed.end, closure.slot.at.end)};
        const Source source{"closure", static_cast<std::int64_t>(closure.id)};
        for (const SpaceId space : spaces_of(session, town, closure.id)) {
            if (std::ranges::find(spaces, space) == spaces.end()) {
                continue;
            }
            const auto busy = merged(select_busy(session, space, part, {now}));
            for (const Interval& free : free_times(busy, part)) {
                occupy(session, town, space, free, source);
            }
        }
    }
}

}  // namespace creneau::booking
