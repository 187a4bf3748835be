#include "api/booking/series/retry_series.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/holds/expire_holds.hpp"
#include "api/booking/local_time.hpp"
#include "api/booking/rounds/round_types.hpp"
#include "api/booking/rounds/round_wish_store.hpp"
#include "api/booking/series/book_dates.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/booking/series/offer_others.hpp"
#include "api/booking/series/plan_series.hpp"
#include "api/booking/series/recurrence.hpp"
#include "api/booking/series/request_again.hpp"
#include "api/booking/series/series_effects.hpp"
#include "api/booking/series/series_store.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/booking/view_store.hpp"
#include "api/mail/facts.hpp"
#include "api/people/people_store.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace creneau::booking {

namespace {

constexpr std::size_t kDateLength = 10;

bool was_left_out(const MissedDate& missed) {
    return std::ranges::any_of(missed.reasons, [](const MissedReason& reason) {
        return reason.rule == word_of(Rule::date_left_out);
    });
}

/// Whether any date of it was not given up: what was refused or cancelled whole is not revived.
bool stands(store::Session& session, TownId town, SeriesId series) {
    return std::ranges::any_of(select_views_of(session, town, series), [](const BookingView& view) {
        return view.booking.status != Status::refused && view.booking.status != Status::cancelled;
    });
}

/// The missed dates that may be asked for again.
std::vector<LocalDate> open_dates(store::Session& session, const RetrySeries& order,
                                  const Series& series) {
    const std::string today = local_time_of(order.now, series.time_zone).substr(0, kDateLength);
    std::vector<LocalDate> open;
    for (const MissedDate& missed : select_missed(session, order.town, series.id)) {
        const auto date = store::present(parse_date(missed.date), "date that missed a series");
        const bool is_past_end = (!series.ended_on.empty() && missed.date >= series.ended_on) ||
                                 date > series.recurrence.until.value_or(date);
        if (!was_left_out(missed) && !is_past_end && missed.date >= today) {
            open.push_back(date);
        }
    }
    return open;
}

/// Whether a round gave the room at that hour: as the series is now, it may have moved elsewhere.
bool was_in_round(store::Session& session, TownId town, const Series& series) {
    const auto* weekly = std::get_if<Weekly>(&series.recurrence.pattern);
    const auto given = given_to_series(session, town, series.id);
    if (weekly == nullptr || !given || given->room != series.room) {
        return false;
    }
    const WeekHours& hours = given->hours;
    const bool same_days = std::ranges::all_of(
        weekly->days, [&hours](std::chrono::weekday day) { return day == hours.day; });
    return same_days && series.start_time >= hours.start &&
           std::pair(series.end_day_offset, series.end_time) <=
               std::pair(hours.end_day_offset, hours.end);
}

Failure not_missed() {
    return {Rule::bad_scope,
            "dates",
            {"Indiquez des dates à venir qui ont manqué à la série.",
             "Say dates to come that missed the series."}};
}

/// The accepted ones in, the others with what is said of them now; one line and one mail.
Outcome<SeriesId> book_again(store::Session& session, const RequestSeries& request,
                             const Series& series, const SeriesPlan& plan) {
    for (const PlannedDate& planned : plan.dates) {
        delete_missed(session, request.town, series.id, text_of(planned.date));
    }
    const auto done = book_dates(session, series, request, plan);
    if (!done) {
        return tl::unexpected(done.error());
    }
    if (!update_series(session, request.town, series)) {
        return refuse(Refusal::wrong_state);
    }
    const auto& booked = done->booked;
    record_series(session, booked.front(), "series_retried");
    const bool approved = booked.front().booking.status == Status::approved;
    tell_booker_of_series(
        session, approved ? mail::Template::series_approved : mail::Template::series_received,
        booked, done->missed);
    return series.id;
}

}  // namespace

Outcome<SeriesId> retry_series(store::Session& session, const RetrySeries& order) {
    release_expired(session, order.town, order.now);
    const auto actor = people::find_person(session, order.town, order.actor);
    const auto known = select_series(session, order.town, order.series);
    if (!actor || !known || !may_see(*actor, *known)) {
        return refuse(Refusal::unknown_booking);
    }
    if (!stands(session, order.town, known->id)) {
        return refuse(Refusal::wrong_state);
    }
    const Asker asker{order.town, *actor, order.now};
    const Series series = with_booker_who_is_there(session, asker, *known);
    auto dates = open_dates(session, order, series);
    if (!order.dates.empty()) {
        const bool all_open = std::ranges::all_of(order.dates, [&](const LocalDate& date) {
            return std::ranges::find(dates, date) != dates.end();
        });
        if (!all_open) {
            return refuse({not_missed()});
        }
        std::erase_if(dates, [&](const LocalDate& date) {
            return std::ranges::find(order.dates, date) == order.dates.end();
        });
    }
    if (dates.empty()) {
        return refuse(Refusal::wrong_state);
    }
    RequestSeries request = request_again(session, asker, series);
    request.conflicts = ConflictPolicy::skip;
    request.override_reason = order.override_reason;
    request.in_round = was_in_round(session, order.town, series);
    auto plan = plan_again(session, request, series, {std::move(dates), {}});
    request.in_round = false;  // judged as the round did, decided on and told like any other
    if (!plan) {
        return tl::unexpected(plan.error());
    }
    if (auto refusal = refusal_with_offers(session, request, *plan)) {
        return tl::unexpected(*std::move(refusal));
    }
    return book_again(session, request, series, *plan);
}

}  // namespace creneau::booking
