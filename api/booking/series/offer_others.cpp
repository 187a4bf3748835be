#include "api/booking/series/offer_others.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/cure_rules.hpp"
#include "api/booking/judge_request.hpp"
#include "api/booking/series/plan_series.hpp"
#include "api/store/session.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace creneau::booking {

namespace {

/// Judged beside all dates that the series gets: whoever takes an offer has those, too.
std::vector<Alternative> offers_for(store::Session& session, const RequestSeries& request,
                                    const SeriesPlan& plan, const PlannedDate& refused) {
    auto order = order_of(request, refused.date);
    for (const PlannedDate& other : plan.dates) {
        const Interval& at = other.slot.at;
        if (other.date == refused.date || other.verdict == Verdict::left_out ||
            at.end <= at.start) {
            continue;
        }
        order.wanted.push_back(at);
        if (other.is_booked()) {
            order.siblings.push_back(at);
        }
    }
    return alternatives_to(session, order, plan.place,
                           facts_of(plan.booker, request.association, request.room),
                           refused.failures);
}

}  // namespace

void offer_others(store::Session& session, const RequestSeries& request, SeriesPlan& plan) {
    std::size_t looked = 0;
    for (PlannedDate& planned : plan.dates) {
        if (looked == kMostOffered) {
            return;
        }
        if (planned.verdict != Verdict::refused || cure_of(planned.failures) == Cure::nothing) {
            continue;
        }
        planned.alternatives = offers_for(session, request, plan, planned);
        ++looked;
    }
}

std::optional<BookingError> refusal_with_offers(store::Session& session,
                                                const RequestSeries& request, SeriesPlan& plan) {
    auto refusal = refusal_of(plan, request.conflicts);
    if (refusal && !request.in_round) {
        offer_others(session, request, plan);
        refusal = refusal_of(plan, request.conflicts);
    }
    return refusal;
}

}  // namespace creneau::booking
