#include "api/booking/selection/decide_selection.hpp"

#include "api/booking/affair.hpp"
#include "api/booking/approve_booking.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rules.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/change.hpp"
#include "api/booking/cure_rules.hpp"
#include "api/booking/delegations/authority.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/grounds.hpp"
#include "api/booking/papers/missing_papers.hpp"
#include "api/booking/refuse_booking.hpp"
#include "api/booking/selection/selection_rules.hpp"
#include "api/store/savepoint.hpp"
#include "api/store/session.hpp"

#include <cstddef>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

Change change_of(const DecideSelection& order, const SelectedBooking& selected) {
    return {order.town,        order.actor, selected.id,
            selected.sequence, order.now,   order.override_reason};
}

/// What an approval would take, and lack, as it stands before any of them is decided.
SelectedOutcome look_at(store::Session& session, const DecideSelection& order,
                        const SelectedBooking& selected, std::vector<SelectedClaim>& claims) {
    SelectedOutcome outcome;
    outcome.id = selected.id;
    const auto affair = open_to_decide(session, change_of(order, selected));
    if (order.decision == Decision::approve && affair &&
        affair->booking.status == Status::pending) {
        const Booking& booking = affair->booking;
        claims.push_back(
            {booking.id, booking.slot.at, spaces_of(session, order.town, booking.room)});
        outcome.missing_papers =
            missing_papers(session, order.town, booking, affair->place.rules.papers);
    }
    return outcome;
}

Outcome<Booking> decide(store::Session& session, const DecideSelection& order,
                        const SelectedBooking& selected) {
    const Change change = change_of(order, selected);
    if (order.decision == Decision::refuse) {
        return refuse_booking(session, {change, order.ground, order.text});
    }
    auto approval = approve_untold(session, change);
    if (!approval) {
        return tl::unexpected(std::move(approval).error());
    }
    return tell_approval(session, *approval);
}

// To look for other slots costs more than to decide, and the writer waits for it.
constexpr std::size_t kMostOffered = 10;

/// Other slots for the first that were left and may pass elsewhere: once all are decided, so that
/// nobody is offered what another of them has by then.
void offer_to_left(store::Session& session, const DecideSelection& order,
                   std::vector<SelectedOutcome>& outcomes) {
    std::size_t looked = 0;
    for (std::size_t at = 0; at < outcomes.size() && looked < kMostOffered; ++at) {
        auto& error = outcomes[at].error;
        if (error && order.decision == Decision::approve &&
            cure_of(error->failures) != Cure::nothing) {
            error->alternatives =
                alternatives_to(session, change_of(order, order.bookings[at]), error->failures);
            ++looked;
        }
    }
}

}  // namespace

Outcome<std::vector<SelectedOutcome>> decide_selection(store::Session& session,
                                                       const DecideSelection& order) {
    if (order.decision == Decision::refuse) {
        auto failures = check_ground(refusal_grounds(), {order.ground, order.text});
        if (!failures.empty()) {
            return refuse(std::move(failures));
        }
    }
    std::vector<SelectedOutcome> outcomes;
    outcomes.reserve(order.bookings.size());
    std::vector<SelectedClaim> claims;
    for (const SelectedBooking& selected : order.bookings) {
        outcomes.push_back(look_at(session, order, selected, claims));
    }
    const auto colliding = collisions(claims);
    for (std::size_t at = 0; at < outcomes.size(); ++at) {
        SelectedOutcome& outcome = outcomes[at];
        if (const auto found = colliding.find(outcome.id); found != colliding.end()) {
            outcome.collides_with = found->second;
        }
        // What one of them meets leaves the others as they are.
        store::Savepoint one(session);
        auto decided = decide(session, order, order.bookings[at]);
        if (decided) {
            one.keep();
            outcome.sequence = decided->sequence;
        } else {
            outcome.error = std::move(decided).error();
        }
    }
    offer_to_left(session, order, outcomes);
    return outcomes;
}

}  // namespace creneau::booking
