#include "api/booking/series/open_series.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/change.hpp"
#include "api/booking/delegations/authority.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/booking/series/recurrence_words.hpp"
#include "api/booking/series/series_store.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/booking/view_store.hpp"
#include "api/people/people_store.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

bool may_reach(store::Session& session, const ChangeSeries& change, const people::Person& actor,
               const Series& series) {
    return may_see(actor, series) ||
           (change.to_decide && has_mandate(session, change.town, actor, series.room, change.now));
}

bool is_in_scope(const ChangeSeries& change, const Booking& occurrence) {
    switch (change.scope) {
        case Scope::one:
            return occurrence.series_date == change.date;
        case Scope::following:
            return occurrence.series_date >= change.date;
        case Scope::all:
            return true;
    }
    std::abort();
}

bool is_alive(const ChangeSeries& change, const Booking& occurrence) {
    return occurrence.status == Status::pending ||
           (occurrence.status == Status::approved && !change.to_decide);
}

/// A decision may still be made on what has begun, as on a single booking.
bool may_change(const ChangeSeries& change, const Booking& occurrence) {
    return change.to_decide ? !why_not_decide(occurrence, change.now)
                            : is_alive(change, occurrence) && occurrence.slot.at.start > change.now;
}

Failure not_yours_to_change() {
    return {Rule::not_yours_to_decide,
            "room_id",
            {"Ce jour-là, la salle n'est pas de celles qui vous sont confiées : changez les autres "
             "dates une à une (scope: this).",
             "On that day the room is not one of yours: change the other dates one by one "
             "(scope: this)."}};
}

}  // namespace

std::string_view word_of(Scope scope) {
    switch (scope) {
        case Scope::one:
            return "this";
        case Scope::following:
            return "following";
        case Scope::all:
            return "all";
    }
    std::abort();
}

std::optional<Scope> scope_of(std::string_view word) {
    for (const auto scope : {Scope::one, Scope::following, Scope::all}) {
        if (word_of(scope) == word) {
            return scope;
        }
    }
    return std::nullopt;
}

Outcome<OpenSeries> open_series(store::Session& session, const ChangeSeries& change) {
    auto actor = people::find_person(session, change.town, change.actor);
    auto series = select_series(session, change.town, change.series);
    if (!actor || !series || !may_reach(session, change, *actor, *series)) {
        return refuse(Refusal::unknown_booking);
    }
    if (change.scope != Scope::all && !parse_date(change.date)) {
        return refuse({bad_scope()});
    }
    OpenSeries open{*std::move(actor), *std::move(series), {}};
    bool any_in_scope = false;
    bool any_alive = false;
    std::vector<RefusedDate> elsewhere;
    for (BookingView& view : select_views_of(session, change.town, change.series)) {
        Booking& occurrence = view.booking;
        if (!is_in_scope(change, occurrence)) {
            continue;
        }
        any_in_scope = true;
        any_alive |= is_alive(change, occurrence);
        if (!may_change(change, occurrence)) {
            continue;
        }
        if (change.to_decide || may_see(open.actor, occurrence)) {
            open.occurrences.push_back(std::move(occurrence));
        } else {
            elsewhere.push_back({occurrence.series_date, {not_yours_to_change()}});
        }
    }
    if (!elsewhere.empty()) {
        return refuse(std::move(elsewhere));
    }
    if (!any_in_scope) {
        return refuse({bad_scope()});
    }
    if (open.occurrences.empty()) {
        const Refusal too_late = change.to_decide ? Refusal::ended : Refusal::started;
        return refuse(any_alive ? too_late : Refusal::wrong_state);
    }
    return open;
}

Change change_of(const ChangeSeries& change, const Booking& occurrence) {
    return {change.town, change.actor, occurrence.id, {}, change.now, change.override_reason};
}

}  // namespace creneau::booking
