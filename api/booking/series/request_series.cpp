#include "api/booking/series/request_series.hpp"

#include "api/booking/affair.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/holds/expire_holds.hpp"
#include "api/booking/series/book_dates.hpp"
#include "api/booking/series/offer_others.hpp"
#include "api/booking/series/plan_series.hpp"
#include "api/booking/series/series_effects.hpp"
#include "api/booking/series/series_store.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/booking/subscriptions/inform_services.hpp"
#include "api/booking/subscriptions/subscription_types.hpp"
#include "api/booking/waiting/give_way.hpp"
#include "api/mail/facts.hpp"
#include "api/store/session.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

Series series_of(const RequestSeries& request, const SeriesPlan& plan) {
    Series series;
    series.room = request.room;
    series.association = request.association;
    series.booker = plan.booker.id;
    series.requested_by = request.actor;
    series.recurrence = request.recurrence;
    series.skips = request.skips;
    series.start_time = request.start_time;
    series.end_time = request.end_time;
    series.end_day_offset = request.end_day_offset;
    series.time_zone = plan.place.site.time_zone;
    series.attendees = static_cast<int>(request.attendees);
    series.purpose = request.purpose;
    series.conflicts = request.conflicts;
    series.requested_at = request.now;
    return series;
}

}  // namespace

Outcome<SeriesPlan> preview_series(store::Session& session, const RequestSeries& request) {
    auto plan = plan_series(session, request);
    if (plan) {
        offer_others(session, request, *plan);
    }
    return plan;
}

Outcome<SeriesId> request_series(store::Session& session, const RequestSeries& request) {
    release_expired(session, request.town, request.now);
    auto plan = plan_series(session, request);
    if (!plan) {
        return tl::unexpected(plan.error());
    }
    if (auto refusal = refusal_with_offers(session, request, *plan)) {
        return tl::unexpected(*std::move(refusal));
    }
    Series series = series_of(request, *plan);
    series.id = insert_series(session, request.town, series);
    const auto done = book_dates(session, series, request, *plan);
    if (!done) {
        return tl::unexpected(done.error());
    }
    const auto& [booked, missed, displaced] = *done;
    record_series(session, booked.front(), "series_requested");
    if (request.in_round) {
        inform_services(session, BookingChange::approved, booked);
    } else {
        const bool approved = booked.front().booking.status == Status::approved;
        tell_booker_of_series(
            session, approved ? mail::Template::series_approved : mail::Template::series_received,
            booked, missed);
    }
    for (const Affair& affair : displaced) {
        give_way(session, affair);
    }
    return series.id;
}

}  // namespace creneau::booking
