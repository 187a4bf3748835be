#include "api/booking/list_bookings.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/view_store.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <utility>
#include <vector>

namespace creneau::booking {

std::vector<BookingView> list_bookings(store::Session& session, const people::Person& reader,
                                       const BookingQuery& query) {
    ViewQuery views;
    if (query.mine || !is_office(reader)) {
        views.owner = reader.id;
    }
    views.status = query.status;
    views.limit = query.limit;
    views.before = query.before;
    return select_views(session, query.town, views);
}

Outcome<BookingView> find_booking(store::Session& session, TownId town,
                                  const people::Person& reader, BookingId booking) {
    auto view = select_view(session, town, booking);
    if (!view || !may_see(reader, view->booking)) {
        return refuse(Refusal::unknown_booking);
    }
    return *std::move(view);
}

}  // namespace creneau::booking
