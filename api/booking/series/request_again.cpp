#include "api/booking/series/request_again.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_rules.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/equipment/equipment_store.hpp"
#include "api/booking/judge_request.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/booking/series/plan_series.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/booking/view_store.hpp"
#include "api/people/people_store.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

bool stands(const BookingView& view) {
    return view.booking.status == Status::pending || view.booking.status == Status::approved;
}

/// What the series itself does not say: as the first of its dates that stand has it, and their kind
/// where they agree.
void add_what_dates_take(store::Session& session, SeriesId series, RequestSeries& request) {
    auto views = select_views_of(session, request.town, series);
    std::erase_if(views, [](const BookingView& view) { return !stands(view); });
    if (views.empty()) {
        return;
    }
    const Booking& first = views.front().booking;
    request.layout = first.layout;
    request.equipment = orders_of(session, request.town, first.id);
    const bool agree = std::ranges::all_of(
        views, [&first](const BookingView& view) { return view.booking.kind == first.kind; });
    request.kind = agree ? first.kind : "";
}

}  // namespace

RequestSeries request_again(store::Session& session, const Asker& asker, const Series& series) {
    RequestSeries request;
    request.town = asker.town;
    request.actor = asker.person.id;
    if (is_office(asker.person)) {
        request.booker = series.booker;
    }
    request.room = series.room;
    request.association = series.association;
    request.recurrence = series.recurrence;
    request.skips = series.skips;
    request.start_time = series.start_time;
    request.end_time = series.end_time;
    request.end_day_offset = series.end_day_offset;
    request.attendees = series.attendees;
    request.purpose = series.purpose;
    request.conflicts = series.conflicts;
    request.now = asker.now;
    add_what_dates_take(session, series.id, request);
    return request;
}

Outcome<SeriesPlan> plan_again(store::Session& session, const RequestSeries& request,
                               const Series& series, const std::vector<LocalDate>& dates) {
    auto booker = people::find_person(session, request.town, series.booker);
    auto failures = check_booker(facts_of(booker, series.association));
    if (!booker || !failures.empty()) {
        return refuse(std::move(failures));
    }
    auto plan = plan_dates(session, request, dates);
    if (plan) {
        plan->booker = *std::move(booker);
    }
    return plan;
}

}  // namespace creneau::booking
