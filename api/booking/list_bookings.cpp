#include "api/booking/list_bookings.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/delegations/authority.hpp"
#include "api/booking/delegations/delegation_types.hpp"
#include "api/booking/reach.hpp"
#include "api/booking/view_store.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

std::vector<BookingView> list_decidable(store::Session& session, const people::Person& reader,
                                        const BookingQuery& query, std::chrono::sys_seconds now) {
    ViewQuery views;
    views.status = Status::pending;
    views.limit = query.limit;
    views.before = query.before;
    if (is_office(reader)) {
        return select_views(session, query.town, views);
    }
    views.but_of = reader.id;
    views.sites.emplace();
    views.rooms = rooms_as_office(reader);
    for (const Mandate& mandate : mandates_of(session, query.town, reader, now)) {
        if (!mandate.site) {
            views.sites.reset();
            break;
        }
        views.sites->push_back(*mandate.site);
    }
    return select_views(session, query.town, views);
}

}  // namespace

std::vector<BookingView> list_bookings(store::Session& session, const people::Person& reader,
                                       const BookingQuery& query) {
    if (query.decidable_at) {
        return list_decidable(session, reader, query, *query.decidable_at);
    }
    ViewQuery views;
    views.reach = query.mine ? Reach{reader.id, {}} : reach_of(reader);
    views.status = query.status;
    views.limit = query.limit;
    views.before = query.before;
    return select_views(session, query.town, views);
}

Outcome<BookingView> find_booking(store::Session& session, TownId town,
                                  const people::Person& reader, BookingId booking,
                                  std::chrono::sys_seconds now) {
    auto view = select_view(session, town, booking);
    if (!view || !(may_see(reader, view->booking) ||
                   has_mandate(session, town, reader, view->booking.room, now))) {
        return refuse(Refusal::unknown_booking);
    }
    return *std::move(view);
}

}  // namespace creneau::booking
