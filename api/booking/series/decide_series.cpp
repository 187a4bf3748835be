#include "api/booking/series/decide_series.hpp"

#include "api/booking/affair.hpp"
#include "api/booking/approve_booking.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/cancel_booking.hpp"
#include "api/booking/delegations/authority.hpp"
#include "api/booking/effects.hpp"
#include "api/booking/local_time.hpp"
#include "api/booking/refuse_booking.hpp"
#include "api/booking/series/open_series.hpp"
#include "api/booking/series/series_effects.hpp"
#include "api/booking/series/series_store.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/booking/waiting/give_way.hpp"
#include "api/mail/facts.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

constexpr std::size_t kDateLength = 10;

/// The pending occurrences in scope, for whom it is to decide.
Outcome<OpenSeries> open_pending(store::Session& session, ChangeSeries change) {
    change.to_decide = true;
    auto open = open_series(session, change);
    if (!open) {
        return open;
    }
    const auto first = open_to_decide(session, change_of(change, open->occurrences.front()));
    if (!first) {
        return tl::unexpected(first.error());
    }
    std::erase_if(open->occurrences,
                  [](const Booking& occurrence) { return occurrence.status != Status::pending; });
    if (open->occurrences.empty()) {
        return refuse(Refusal::wrong_state);
    }
    return open;
}

/// One line and one mail about everything that was changed.
void conclude(store::Session& session, const std::vector<Affair>& changed, std::string_view action,
              mail::Template name) {
    record_series(session, changed.front(), action);
    tell_booker_of_series(session, name, changed, {});
}

void give_all_way(store::Session& session, const std::vector<Affair>& freed) {
    for (const Affair& affair : freed) {
        give_way(session, affair);
    }
}

/// Takes the occurrence's affair out of an answer; the failure keeps its date.
BookingError with_date(BookingError error, const Booking& occurrence) {
    error.dates.push_back({occurrence.series_date, error.failures});
    return error;
}

bool is_in_the_way(const BookingError& error) {
    return std::ranges::any_of(error.failures, [](const Failure& failure) {
        return failure.rule == Rule::room_taken || failure.rule == Rule::room_closed ||
               failure.rule == Rule::room_held || failure.rule == Rule::equipment_short ||
               failure.rule == Rule::buffer_taken;
    });
}

/// From when on the series holds nothing more: the first date given up, be it one that missed.
std::string closing_date(store::Session& session, const ChangeSeries& change, const Series& series,
                         std::string first_cancelled) {
    const std::string today = local_time_of(change.now, series.time_zone).substr(0, kDateLength);
    for (const MissedDate& missed : select_missed(session, change.town, series.id)) {
        const bool is_in_scope = change.scope == Scope::all || missed.date >= change.date;
        if (is_in_scope && missed.date >= today) {
            return std::min(missed.date, first_cancelled);
        }
    }
    return first_cancelled;
}

}  // namespace

Outcome<SeriesId> approve_series(store::Session& session, const ApproveSeries& approval) {
    const ChangeSeries& change = approval.change;
    const auto open = open_pending(session, change);
    if (!open) {
        return tl::unexpected(open.error());
    }
    std::vector<Affair> approved;
    std::vector<RefusedDate> taken;
    for (const Booking& occurrence : open->occurrences) {
        auto one = approve_untold(session, change_of(change, occurrence));
        if (!one && is_in_the_way(one.error())) {
            taken.push_back({occurrence.series_date, std::move(one.error().failures)});
            continue;
        }
        if (!one) {
            return tl::unexpected(with_date(std::move(one).error(), occurrence));
        }
        announce_pass(session, one->affair, one->pass);
        approved.push_back(std::move(one->affair));
    }
    if (approved.empty() || (!taken.empty() && approval.conflicts != ConflictPolicy::skip)) {
        return refuse(std::move(taken));
    }
    conclude(session, approved, "series_approved", mail::Template::series_approved);
    return change.series;
}

Outcome<SeriesId> refuse_series(store::Session& session, const RefuseSeries& refusal) {
    const auto open = open_pending(session, refusal.change);
    if (!open) {
        return tl::unexpected(open.error());
    }
    std::vector<Affair> refused;
    for (const Booking& occurrence : open->occurrences) {
        auto one = refuse_untold(
            session, {change_of(refusal.change, occurrence), refusal.ground, refusal.text});
        if (!one) {
            return tl::unexpected(std::move(one).error());
        }
        refused.push_back(*std::move(one));
    }
    conclude(session, refused, "series_refused", mail::Template::series_refused);
    give_all_way(session, refused);
    return refusal.change.series;
}

Outcome<SeriesId> cancel_series(store::Session& session, const CancelSeries& cancellation) {
    const ChangeSeries& change = cancellation.change;
    const auto open = open_series(session, change);
    if (!open) {
        return tl::unexpected(open.error());
    }
    std::vector<Affair> cancelled;
    for (const Booking& occurrence : open->occurrences) {
        auto one = cancel_untold(
            session, {change_of(change, occurrence), cancellation.ground, cancellation.text});
        if (!one) {
            return tl::unexpected(std::move(one).error());
        }
        cancelled.push_back(*std::move(one));
    }
    if (change.scope == Scope::one) {
        tell_booker(session, cancelled.front(), {mail::Template::booking_cancelled, {}, {}});
        give_all_way(session, cancelled);
        return change.series;
    }
    const std::string ended_on =
        closing_date(session, change, open->series, cancelled.front().booking.series_date);
    if (!close_series(session, change.town, open->series, ended_on)) {
        return refuse(Refusal::wrong_state);
    }
    conclude(session, cancelled, "series_cancelled", mail::Template::series_cancelled);
    give_all_way(session, cancelled);
    return change.series;
}

}  // namespace creneau::booking
