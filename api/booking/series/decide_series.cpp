#include "api/booking/series/decide_series.hpp"

#include "api/booking/affair.hpp"
#include "api/booking/approve_booking.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_rules.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/cancel_booking.hpp"
#include "api/booking/change.hpp"
#include "api/booking/cure_rules.hpp"
#include "api/booking/delegations/authority.hpp"
#include "api/booking/effects.hpp"
#include "api/booking/grounds.hpp"
#include "api/booking/local_time.hpp"
#include "api/booking/refuse_booking.hpp"
#include "api/booking/series/offer_others.hpp"
#include "api/booking/series/open_series.hpp"
#include "api/booking/series/series_effects.hpp"
#include "api/booking/series/series_store.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/booking/waiting/give_way.hpp"
#include "api/mail/facts.hpp"
#include "api/people/person.hpp"
#include "api/store/savepoint.hpp"
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

/// What is to be decided of a series.
struct Pending {
    std::vector<Booking> occurrences;    ///< the actor's to decide
    std::vector<RefusedDate> elsewhere;  ///< those in rooms of sites that are not
};

Failure not_yours_to_decide() {
    return {
        Rule::not_yours_to_decide,
        "room_id",
        {"Ce jour-là, la salle est sur un site dont les demandes ne vous sont pas confiées : "
         "acceptez les autres dates seules (conflicts: skip), ou refusez date par date "
         "(scope: this).",
         "On that day the room is on a site whose requests are not yours to decide: approve the "
         "other dates alone (conflicts: skip), or refuse date by date (scope: this)."}};
}

/// Whether an occurrence is the actor's to decide. `not_allowed` where they see it and may not.
Outcome<bool> is_theirs(store::Session& session, const Change& change,
                        const people::Person& actor) {
    if (is_office(actor)) {
        return true;
    }
    const auto affair = open_to_decide(session, change);
    if (!affair && affair.error().refusal != Refusal::unknown_booking) {
        return tl::unexpected(affair.error());
    }
    return affair.has_value();
}

/// The pending occurrences in scope, at least one of either kind.
Outcome<Pending> open_pending(store::Session& session, ChangeSeries change) {
    change.to_decide = true;
    auto open = open_series(session, change);
    if (!open) {
        return tl::unexpected(std::move(open).error());
    }
    Pending pending;
    for (Booking& occurrence : open->occurrences) {
        if (occurrence.status != Status::pending) {
            continue;
        }
        const auto own = is_theirs(session, change_of(change, occurrence), open->actor);
        if (!own) {
            return tl::unexpected(own.error());
        }
        if (*own) {
            pending.occurrences.push_back(std::move(occurrence));
        } else {
            pending.elsewhere.push_back({occurrence.series_date, {not_yours_to_decide()}});
        }
    }
    if (pending.occurrences.empty() && pending.elsewhere.empty()) {
        return refuse(Refusal::wrong_state);
    }
    return pending;
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

/// What the other dates have, or want, of its room.
std::vector<Interval> wanted_beside(const Booking& one, const std::vector<Booking>& occurrences) {
    std::vector<Interval> slots;
    for (const Booking& occurrence : occurrences) {
        if (occurrence.room == one.room && occurrence.id != one.id) {
            slots.push_back(occurrence.slot.at);
        }
    }
    return slots;
}

bool is_in_the_way(const BookingError& error) {
    return std::ranges::any_of(error.failures, [](const Failure& failure) {
        return failure.rule == Rule::room_taken || failure.rule == Rule::room_closed ||
               failure.rule == Rule::room_held || failure.rule == Rule::equipment_short ||
               failure.rule == Rule::buffer_taken;
    });
}

/// Where a move could take the first of what was left, once all are tried: nobody is offered what
/// another date has, or wants, by then.
void offer_moves(store::Session& session, const ChangeSeries& change,
                 const std::vector<Booking>& occurrences, std::vector<RefusedDate>& left) {
    std::size_t looked = 0;
    for (RefusedDate& date : left) {
        if (looked == kMostOffered) {
            return;
        }
        const auto found = std::ranges::find(occurrences, date.date, &Booking::series_date);
        if (found == occurrences.end() || cure_of(date.failures) == Cure::nothing) {
            continue;
        }
        date.alternatives = alternatives_to(session, change_of(change, *found), date.failures,
                                            wanted_beside(*found, occurrences));
        ++looked;
    }
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

/// All of them or none: what keeps a date from it is named with that date.
Outcome<std::vector<Affair>> cancel_all(store::Session& session, const CancelSeries& cancellation,
                                        const std::vector<Booking>& occurrences) {
    std::vector<Affair> cancelled;
    std::vector<RefusedDate> refused;
    for (const Booking& occurrence : occurrences) {
        auto one = cancel_untold(session, {change_of(cancellation.change, occurrence),
                                           cancellation.ground, cancellation.text});
        if (one) {
            cancelled.push_back(*std::move(one));
        } else if (one.error().failures.empty()) {
            return tl::unexpected(std::move(one).error());
        } else {
            refused.push_back({occurrence.series_date, std::move(one.error().failures)});
        }
    }
    if (!refused.empty()) {
        return refuse(std::move(refused));
    }
    return cancelled;
}

}  // namespace

Outcome<SeriesId> approve_series(store::Session& session, const ApproveSeries& approval) {
    const ChangeSeries& change = approval.change;
    auto pending = open_pending(session, change);
    if (!pending) {
        return tl::unexpected(std::move(pending).error());
    }
    std::vector<Affair> approved;
    std::vector<RefusedDate> left = std::move(pending->elsewhere);
    for (const Booking& occurrence : pending->occurrences) {
        // What one date meets leaves the others, and itself, as they are.
        store::Savepoint date(session);
        auto one = approve_untold(session, change_of(change, occurrence));
        if (!one && is_in_the_way(one.error())) {
            left.push_back({occurrence.series_date, std::move(one.error().failures)});
            continue;
        }
        if (!one) {
            return tl::unexpected(with_date(std::move(one).error(), occurrence));
        }
        date.keep();
        announce_pass(session, one->affair, one->pass);
        approved.push_back(std::move(one->affair));
    }
    if (approved.empty() || (!left.empty() && approval.conflicts != ConflictPolicy::skip)) {
        std::ranges::sort(left, {}, &RefusedDate::date);
        offer_moves(session, change, pending->occurrences, left);
        return refuse(std::move(left));
    }
    conclude(session, approved, "series_approved", mail::Template::series_approved);
    return change.series;
}

Outcome<SeriesId> refuse_series(store::Session& session, const RefuseSeries& refusal) {
    auto pending = open_pending(session, refusal.change);
    if (!pending) {
        return tl::unexpected(std::move(pending).error());
    }
    // What is wrong with the order itself comes before the dates that somebody else decides.
    if (auto failures = check_ground(refusal_grounds(), {refusal.ground, refusal.text});
        !failures.empty()) {
        return refuse(std::move(failures));
    }
    if (!pending->elsewhere.empty()) {
        return refuse(std::move(pending->elsewhere));
    }
    std::vector<Affair> refused;
    for (const Booking& occurrence : pending->occurrences) {
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
    auto done = cancel_all(session, cancellation, open->occurrences);
    if (!done) {
        return tl::unexpected(std::move(done).error());
    }
    const std::vector<Affair> cancelled = *std::move(done);
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
