#include "api/booking/series/find_series.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/delegations/authority.hpp"
#include "api/booking/papers/missing_papers.hpp"
#include "api/booking/series/request_again.hpp"
#include "api/booking/series/series_store.hpp"
#include "api/booking/view_store.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <utility>
#include <vector>

namespace creneau::booking {

Outcome<SeriesView> find_series(store::Session& session, TownId town, const people::Person& reader,
                                SeriesId series, std::chrono::sys_seconds now) {
    auto found = select_series(session, town, series);
    if (!found) {
        return refuse(Refusal::unknown_booking);
    }
    const bool is_seen =
        may_see(reader, *found) || has_mandate(session, town, reader, found->room, now);
    SeriesView view{*std::move(found),
                    select_views_of(session, town, series),
                    select_missed(session, town, series),
                    {},
                    {}};
    std::erase_if(view.occurrences, [&](const BookingView& occurrence) {
        const Booking& booking = occurrence.booking;
        return (!is_seen || booking.room != view.series.room) && !may_see(reader, booking) &&
               !has_mandate(session, town, reader, booking.room, now);
    });
    if (!is_seen && view.occurrences.empty()) {
        return refuse(Refusal::unknown_booking);
    }
    std::vector<Booking> living;
    for (const BookingView& occurrence : view.occurrences) {
        const Status status = occurrence.booking.status;
        if (status == Status::pending || status == Status::approved) {
            living.push_back(occurrence.booking);
        }
    }
    view.layout = usual_layout(living);
    view.missing_papers = missing_papers(session, town, living);
    return view;
}

}  // namespace creneau::booking
