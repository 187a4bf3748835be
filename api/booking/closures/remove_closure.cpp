#include "api/booking/closures/remove_closure.hpp"

#include "api/audit/audit_store.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/closures/closure_store.hpp"
#include "api/booking/closures/closure_types.hpp"
#include "api/booking/closures/keep_closed.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/occupancy_store.hpp"
#include "api/booking/waiting/give_way.hpp"
#include "api/people/people_store.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <utility>

namespace creneau::booking {

Outcome<Closure> remove_closure(store::Session& session, const RemoveClosure& order) {
    const auto actor = people::find_person(session, order.town, order.actor);
    if (!actor || !may_close(*actor)) {
        return refuse(Refusal::not_allowed);
    }
    auto closure = select_closure(session, order.town, order.closure);
    if (closure && !may_close(*actor, closure->site)) {
        return refuse(Refusal::not_allowed);
    }
    if (!closure ||
        !remove_closure_row(session, order.town, order.closure, {order.actor, order.now})) {
        return refuse(Refusal::unknown_booking);
    }
    const auto id = static_cast<std::int64_t>(closure->id);
    vacate(session, order.town, {"closure", id});
    keep_closed(session, order.town, closure->spaces, closure->slot.at, order.now);
    audit::Line line;
    line.at = order.now;
    line.actor = order.actor;
    line.action = "closure_removed";
    line.subject_kind = "closure";
    line.subject = id;
    audit::append(session, order.town, line);
    for (const Room& room : list_rooms(session, order.town, closure->site)) {
        give_way(session, order.town, room.id, closure->slot.at, order.now);
    }
    return *std::move(closure);
}

}  // namespace creneau::booking
