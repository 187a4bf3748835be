#include "api/booking/series/edit_rule.hpp"

#include "api/booking/affair.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/cancel_booking.hpp"
#include "api/booking/series/book_dates.hpp"
#include "api/booking/series/edit_series.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/booking/series/occurrence.hpp"
#include "api/booking/series/offer_others.hpp"
#include "api/booking/series/open_series.hpp"
#include "api/booking/series/plan_series.hpp"
#include "api/booking/series/recurrence.hpp"
#include "api/booking/series/recurrence_gaps.hpp"
#include "api/booking/series/recurrence_words.hpp"
#include "api/booking/series/request_again.hpp"
#include "api/booking/series/series_store.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/booking/view_store.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace creneau::booking {

namespace {

/// Every date that has a row in the series, whatever became of it.
std::set<std::string> known_dates(store::Session& session, TownId town, SeriesId series) {
    std::set<std::string> known;
    for (const BookingView& view : select_views_of(session, town, series)) {
        known.insert(view.booking.series_date);
    }
    for (const MissedDate& missed : select_missed(session, town, series)) {
        if (!lacks_day(missed)) {
            known.insert(missed.date);
        }
    }
    return known;
}

bool is_named(const std::vector<LocalDate>& dates, const std::string& date) {
    return std::ranges::any_of(dates,
                               [&](const LocalDate& named) { return text_of(named) == date; });
}

/// Deletes the missed dates that the rule does not name; answers the months that lack its day and
/// that no row tells of yet.
std::vector<LocalDate> forget_others(store::Session& session, TownId town, SeriesId series,
                                     const RuleDates& rule) {
    std::vector<LocalDate> untold = rule.lacking;
    for (const MissedDate& missed : select_missed(session, town, series)) {
        const bool is_lacking = lacks_day(missed);
        if (!is_named(is_lacking ? rule.lacking : rule.dates, missed.date)) {
            delete_missed(session, town, series, missed.date);
        } else if (is_lacking) {
            std::erase(untold, parse_date(missed.date).value_or(LocalDate{}));
        }
    }
    return untold;
}

/// Under `skip` what cannot be had is missed; otherwise it refuses the edit.
std::optional<BookingError> why_not(store::Session& session, const RequestSeries& request,
                                    SeriesPlan& plan) {
    const bool any_refused =
        std::ranges::find(plan.dates, Verdict::refused, &PlannedDate::verdict) != plan.dates.end();
    if (!any_refused || request.conflicts == ConflictPolicy::skip) {
        return std::nullopt;
    }
    offer_others(session, request, plan);
    std::vector<RefusedDate> refused;
    for (const PlannedDate& planned : plan.dates) {
        if (planned.verdict == Verdict::refused) {
            refused.push_back({text_of(planned.date), planned.failures, planned.alternatives});
        }
    }
    return refuse(std::move(refused)).value();
}

}  // namespace

bool begins_later(const LocalDate& date, const Series& series, std::chrono::sys_seconds now) {
    const auto slot = occurrence_slot(date, series.start_time, series.end_time,
                                      series.end_day_offset, series.time_zone);
    // What names no slot is for the rules to refuse.
    return !slot || slot->at.start > now;
}

Outcome<RuleDates> dates_of_rule(store::Session& session, TownId town, const Series& series) {
    Recurrence rule = series.recurrence;
    auto* listed = std::get_if<ListedDates>(&rule.pattern);
    if (listed != nullptr && listed->dates.empty()) {
        for (const std::string& date : known_dates(session, town, series.id)) {
            listed->dates.push_back(store::present(parse_date(date), "date of a series"));
        }
    }
    auto dates = expand(rule);
    if (!dates) {
        return refuse({bad_recurrence(dates.error())});
    }
    return with_lacking(rule, *std::move(dates));
}

Outcome<std::vector<Affair>> give_up_others(store::Session& session, const EditSeries& edit,
                                            const std::vector<LocalDate>& dates,
                                            std::vector<Booking>& occurrences) {
    std::vector<Affair> given_up;
    std::vector<RefusedDate> refused;
    for (const Booking& occurrence : occurrences) {
        if (is_named(dates, occurrence.series_date)) {
            continue;
        }
        auto one = cancel_untold(session, {change_of(edit.change, occurrence), "", ""});
        if (!one && one.error().failures.empty()) {
            return tl::unexpected(std::move(one).error());
        }
        if (!one) {
            refused.push_back({occurrence.series_date, std::move(one.error().failures)});
            // All is undone: what is judged next is not refused for what stays.
            auto gone = occurrence;
            gone.status = Status::cancelled;
            (void)update_booking(session, edit.change.town, occurrence, gone);
            delete_occupancies(session, edit.change.town, occurrence.id);
            continue;
        }
        set_series_of(session, edit.change.town, occurrence.id, edit.change.series);
        one->booking.series = edit.change.series;
        given_up.push_back(*std::move(one));
    }
    std::erase_if(occurrences, [&](const Booking& occurrence) {
        return !is_named(dates, occurrence.series_date);
    });
    if (!refused.empty()) {
        return refuse(std::move(refused));
    }
    return given_up;
}

Outcome<BookedDates> book_new_dates(store::Session& session, const Asker& asker,
                                    const EditSeries& edit, const Series& series,
                                    const NamedDates& named) {
    RuleDates added;
    added.lacking = forget_others(session, asker.town, series.id, named.rule);
    const auto known = known_dates(session, asker.town, series.id);
    for (const LocalDate& date : named.rule.dates) {
        const std::string text = text_of(date);
        if (!known.contains(text) && begins_later(date, series, edit.change.now)) {
            added.dates.push_back(date);
        }
    }
    if (added.dates.empty() && added.lacking.empty()) {
        return BookedDates{};
    }
    RequestSeries request = request_again(session, asker, series);
    request.layout = edit.layout.value_or(named.taken.layout);
    request.kind = named.taken.kind;
    request.equipment = edit.equipment.value_or(named.taken.equipment);
    request.override_reason = edit.change.override_reason;
    if (request.conflicts == ConflictPolicy::replace) {
        request.conflicts = ConflictPolicy::fail;
    }
    auto plan = plan_again(session, request, series, added);
    if (!plan) {
        return tl::unexpected(plan.error());
    }
    if (auto refusal = why_not(session, request, *plan)) {
        return tl::unexpected(*std::move(refusal));
    }
    return book_dates(session, series, request, *plan);
}

}  // namespace creneau::booking
