#include "api/booking/kinds/sort_booking.hpp"

#include "api/booking/affair.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/effects.hpp"
#include "api/booking/kinds/check_kind.hpp"
#include "api/store/session.hpp"

#include <utility>

namespace creneau::booking {

Outcome<Booking> sort_booking(store::Session& session, const SortBooking& order) {
    auto affair = open_affair(session, order.change);
    if (!affair) {
        return tl::unexpected(affair.error());
    }
    if (!is_office(affair->actor, affair->booking.room)) {
        return refuse(Refusal::not_allowed);
    }
    auto failures = check_kind(session, order.change.town, order.kind);
    if (!failures.empty()) {
        return refuse(std::move(failures));
    }
    const Booking before = affair->booking;
    if (before.kind == order.kind) {
        return before;
    }
    affair->booking.kind = order.kind;
    ++affair->booking.sequence;
    if (!update_booking(session, order.change.town, before, affair->booking)) {
        return refuse(Refusal::wrong_state);
    }
    record(session, *affair, "booking_sorted");
    return affair->booking;
}

}  // namespace creneau::booking
