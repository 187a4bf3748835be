#include "api/booking/series/plan_series.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_rules.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/calendars/skip_calendars.hpp"
#include "api/booking/closures/closure_rules.hpp"
#include "api/booking/closures/closure_store.hpp"
#include "api/booking/closures/closure_types.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/failures.hpp"
#include "api/booking/judge_request.hpp"
#include "api/booking/local_time.hpp"
#include "api/booking/request_booking.hpp"
#include "api/booking/series/calendar_rules.hpp"
#include "api/booking/series/join_refusals.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/booking/series/occurrence.hpp"
#include "api/booking/series/recurrence.hpp"
#include "api/booking/series/recurrence_gaps.hpp"
#include "api/booking/series/recurrence_words.hpp"
#include "api/booking/series/series_store.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/people/people_store.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::booking {

namespace {

/// What every date is judged with.
struct Context {
    const RequestSeries& request;
    const std::optional<Place>& place;
    BookerFacts booker;
    SkipCalendars calendars;
};

bool is_only_taken(const std::vector<Failure>& failures) {
    return std::ranges::all_of(
        failures, [](const Failure& failure) { return failure.rule == Rule::room_taken; });
}

/// Under `replace`, whether what is in the way can go; then the date is accepted after all.
void try_to_displace(store::Session& session, const Context& context, PlannedDate& planned) {
    const RequestSeries& request = context.request;
    if (request.conflicts != ConflictPolicy::replace || !is_only_taken(planned.failures)) {
        return;
    }
    auto displaced =
        select_displaceable(session, request.town, request.room, planned.slot.at, request.now);
    if (displaced) {
        planned.displaced = *std::move(displaced);
        planned.failures.clear();
        planned.verdict = Verdict::displaces;
    }
}

/// Why the request itself does not want a date, as far as the date alone tells. What a calendar
/// does not know is not left out but refused: it may turn out to be wanted.
PlannedDate before_judgement(const Context& context, const LocalDate& date) {
    PlannedDate planned;
    planned.date = date;
    const auto& left_out = context.request.left_out;
    if (std::ranges::find(left_out, date) != left_out.end()) {
        planned.verdict = Verdict::left_out;
        planned.failures = {date_left_out()};
    } else if (const auto reason = skip_reason(date, context.calendars)) {
        planned.verdict =
            reason->kind == SkipKind::calendar_unknown ? Verdict::refused : Verdict::left_out;
        planned.failures = {date_skipped(*reason)};
    }
    return planned;
}

/// The closures that the date falls into, where it names a time.
std::vector<Failure> closures_over(store::Session& session, const Context& context,
                                   const Slot& slot) {
    std::vector<Failure> failures;
    if (slot.at.start < slot.at.end) {
        for (const Closure& closure :
             select_closures(session, context.request.town, {slot.at, {}, context.request.room})) {
            failures.push_back(room_closed(closure));
        }
    }
    return failures;
}

PlannedDate plan_date(store::Session& session, const Context& context, const LocalDate& date,
                      const std::vector<Interval>& earlier) {
    RequestBooking order = order_of(context.request, date);
    order.siblings = earlier;
    PlannedDate planned = before_judgement(context, date);
    planned.slot = {order.start, order.end, {}};
    if (planned.verdict == Verdict::left_out) {
        return planned;
    }
    if (context.place) {
        const auto slot = resolve_slot(order.start, order.end, context.place->site.time_zone);
        planned.slot = slot.value_or(planned.slot);
    }
    if (context.request.skips.closures) {
        auto closures = closures_over(session, context, planned.slot);
        if (!closures.empty()) {
            planned.verdict = Verdict::left_out;
            planned.failures = std::move(closures);
            return planned;
        }
    }
    auto judged = judge(session, order, context.place, context.booker, {.offer = Offer::nothing});
    if (judged) {
        planned.verdict = planned.failures.empty() ? Verdict::accepted : Verdict::refused;
        return planned;
    }
    std::ranges::move(judged.error().failures, std::back_inserter(planned.failures));
    as_fields_of_series(planned.failures);
    try_to_displace(session, context, planned);
    return planned;
}

/// Two dates of one series may not share the room either.
void keep_apart(const std::vector<Interval>& earlier, PlannedDate& planned) {
    if (planned.is_booked() && !earlier.empty() && planned.slot.at.start < earlier.back().end) {
        planned.verdict = Verdict::refused;
        planned.failures = {overlaps_itself()};
        planned.displaced.clear();
    }
}

/// Each date knows of those before it, so that together they keep to quotas and buffers.
std::vector<PlannedDate> judge_dates(store::Session& session, const Context& context,
                                     const std::vector<LocalDate>& dates) {
    std::vector<PlannedDate> planned;
    std::vector<Interval> earlier;
    planned.reserve(dates.size());
    for (const LocalDate& date : dates) {
        planned.push_back(plan_date(session, context, date, earlier));
        keep_apart(earlier, planned.back());
        if (planned.back().is_booked()) {
            earlier.push_back(planned.back().slot.at);
        }
    }
    return planned;
}

bool has_end_day(const RequestSeries& request) {
    return request.end_day_offset >= 0 && request.end_day_offset <= kMostEndDays;
}

/// What is wrong with the request besides its dates, as one date shows it.
std::vector<Failure> failures_beside(store::Session& session, const Context& context) {
    const LocalDate& first = context.request.recurrence.first;
    return is_bookable_date(first) ? plan_date(session, context, first, {}).failures
                                   : std::vector<Failure>();
}

/// Where slots are known, every date that fails, too: nobody hears of it at the second try.
tl::unexpected<BookingError> refuse_with_dates(store::Session& session, const Context& context,
                                               const std::vector<LocalDate>& dates,
                                               std::vector<Failure> failures) {
    const bool are_slots =
        context.place && context.booker.known && has_end_day(context.request) && !dates.empty();
    if (!are_slots) {
        join(failures, failures_beside(session, context));
        return refuse(std::move(failures));
    }
    RequestSeries kept = context.request;
    if (kept.conflicts == ConflictPolicy::replace) {
        kept.conflicts = ConflictPolicy::fail;
    }
    const Context judged{kept, context.place, context.booker, context.calendars};
    const SeriesPlan plan{{}, {}, *context.place, judge_dates(session, judged, dates)};
    std::vector<BookingError> refusals{refuse(std::move(failures)).value()};
    if (auto by_dates = refusal_of(plan, kept.conflicts)) {
        refusals.push_back(*std::move(by_dates));
    }
    return tl::unexpected(joined(std::move(refusals)));
}

/// The months that lack the day of the series, each among the dates where it would have been.
void explain_lacking(const RequestSeries& request, const std::vector<LocalDate>& lacking,
                     std::vector<PlannedDate>& planned) {
    for (const LocalDate& date : lacking) {
        const RequestBooking order = order_of(request, date);
        PlannedDate none;
        none.date = date;
        none.slot = {order.start, order.end, {}};
        none.verdict = Verdict::left_out;
        none.failures = {no_such_day(request.recurrence.first)};
        planned.push_back(std::move(none));
    }
    std::ranges::sort(planned, {}, &PlannedDate::date);
}

/// What the request names that is no date of its series: nothing of it is dropped unsaid.
std::vector<Failure> strays_of(const RequestSeries& request, const RuleDates& named) {
    std::vector<Failure> failures;
    if (const auto beyond = dates_out_of_reach(request.recurrence); !beyond.empty()) {
        failures.push_back(out_of_reach(beyond));
    }
    auto others = request.left_out;
    std::erase_if(others, [&named](const LocalDate& date) {
        return std::ranges::binary_search(named.dates, date);
    });
    if (!named.dates.empty() && !others.empty()) {
        std::ranges::sort(others);
        failures.push_back(not_of_series(others));
    }
    return failures;
}

Outcome<SeriesPlan> plan(store::Session& session, const RequestSeries& request,
                         const RuleDates& named, std::vector<Failure> failures) {
    auto actor = people::find_person(session, request.town, request.actor);
    const PersonId booker_id = request.booker.value_or(request.actor);
    if (!actor || (booker_id != request.actor && !is_office(*actor, request.room))) {
        return refuse(Refusal::not_allowed);
    }
    auto booker =
        booker_id == request.actor ? actor : people::find_person(session, request.town, booker_id);
    auto place = find_place(session, request.town, request.room);
    const Context context{request, place, facts_of(booker, request.association, request.room),
                          load_calendars(session, request.town, request.skips)};
    if (!has_end_day(request)) {
        failures.push_back(bad_end_day());
    }
    if (request.conflicts == ConflictPolicy::replace &&
        !(place && may_displace(*actor, place->site.id))) {
        failures.push_back(may_not_replace());
    }
    if (!failures.empty() || !place || !booker) {
        return refuse_with_dates(session, context, named.dates, std::move(failures));
    }
    auto planned = judge_dates(session, context, named.dates);
    explain_lacking(request, named.lacking, planned);
    return SeriesPlan{*std::move(actor), *std::move(booker),
                      store::present(std::move(place), "room of a planned series"),
                      std::move(planned)};
}

}  // namespace

std::string_view word_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::accepted:
            return "accepted";
        case Verdict::displaces:
            return "displaces";
        case Verdict::left_out:
            return "left_out";
        case Verdict::refused:
            return "refused";
    }
    std::abort();
}

RequestBooking order_of(const RequestSeries& request, const LocalDate& date) {
    RequestBooking order;
    order.town = request.town;
    order.actor = request.actor;
    order.booker = request.booker;
    order.room = request.room;
    order.association = request.association;
    order.start = text_of(date) + 'T' + request.start_time;
    order.end = text_of(plus_days(date, request.end_day_offset)) + 'T' + request.end_time;
    order.attendees = request.attendees;
    order.purpose = request.purpose;
    order.layout = request.layout;
    order.kind = request.kind;
    order.equipment = request.equipment;
    order.override_reason = request.override_reason;
    order.now = request.now;
    order.in_round = request.in_round;
    return order;
}

Outcome<SeriesPlan> plan_series(store::Session& session, const RequestSeries& request) {
    auto dates = expand(request.recurrence);
    std::vector<Failure> failures;
    RuleDates named;
    if (dates) {
        named = with_lacking(request.recurrence, *std::move(dates));
    } else {
        failures.push_back(bad_recurrence(dates.error()));
    }
    join(failures, strays_of(request, named));
    return plan(session, request, named, std::move(failures));
}

Outcome<SeriesPlan> plan_dates(store::Session& session, const RequestSeries& request,
                               const RuleDates& named) {
    return plan(session, request, named, {});
}

std::optional<BookingError> refusal_of(const SeriesPlan& plan, ConflictPolicy conflicts) {
    const bool any_booked = std::ranges::any_of(plan.dates, &PlannedDate::is_booked);
    const bool any_refused =
        std::ranges::find(plan.dates, Verdict::refused, &PlannedDate::verdict) != plan.dates.end();
    if (any_booked && (conflicts == ConflictPolicy::skip || !any_refused)) {
        return std::nullopt;
    }
    // What the request itself leaves out refuses nothing, unless nothing else is left.
    const Verdict guilty = any_refused ? Verdict::refused : Verdict::left_out;
    std::vector<RefusedDate> dates;
    for (const PlannedDate& planned : plan.dates) {
        if (planned.verdict == guilty) {
            dates.push_back({text_of(planned.date), planned.failures, planned.alternatives});
        }
    }
    return refuse(std::move(dates)).value();
}

}  // namespace creneau::booking
