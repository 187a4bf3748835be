#include "api/booking/retiming/retime_closures.hpp"

#include "api/audit/audit_store.hpp"
#include "api/booking/booking_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/closures/closure_store.hpp"
#include "api/booking/closures/closure_types.hpp"
#include "api/booking/closures/keep_closed.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/local_time.hpp"
#include "api/booking/occupancy_store.hpp"
#include "api/booking/retiming/retiming_store.hpp"
#include "api/booking/waiting/give_way.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <vector>

namespace creneau::booking {

std::vector<MovedClosure> lift_moved_closures(store::Session& session, TownId town,
                                              std::chrono::sys_seconds now) {
    std::vector<MovedClosure> moved;
    for (const Closure& closure : select_closures(session, town, {{now, kEndOfTime}})) {
        const auto slot =
            resolve_slot(closure.slot.local_start, closure.slot.local_end, closure.time_zone);
        if (!slot || slot->at == closure.slot.at) {
            continue;
        }
        move_closure(session, town, closure.id, slot->at);
        vacate(session, town, {"closure", static_cast<std::int64_t>(closure.id)});
        audit::Line line;
        line.at = now;
        line.action = "closure_retimed";
        line.subject_kind = "closure";
        line.subject = static_cast<std::int64_t>(closure.id);
        audit::append(session, town, line);
        moved.push_back(
            {closure.site, spaces_of(session, town, closure.id), closure.slot.at, slot->at});
    }
    return moved;
}

void lay_closures(store::Session& session, TownId town, const std::vector<MovedClosure>& closures,
                  std::chrono::sys_seconds now) {
    for (const MovedClosure& closure : closures) {
        keep_closed(session, town, closure.spaces, closure.after, now);
        keep_closed(session, town, closure.spaces, closure.before, now);  // by others over it
    }
    for (const MovedClosure& closure : closures) {
        for (const Room& room : list_rooms(session, town, closure.site)) {
            give_way(session, town, room.id, closure.before, now);
        }
    }
}

}  // namespace creneau::booking
