#include "api/booking/series/offer_others.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/cure_rules.hpp"
#include "api/booking/judge_request.hpp"
#include "api/booking/series/plan_series.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

bool meets(const Interval& one, const Interval& other) {
    return one.start < other.end && other.start < one.end;
}

/// What the series wants of its room, date by date.
std::vector<Interval> wanted(const SeriesPlan& plan) {
    std::vector<Interval> slots;
    for (const PlannedDate& planned : plan.dates) {
        if (planned.verdict != Verdict::left_out && planned.slot.at.start < planned.slot.at.end) {
            slots.push_back(planned.slot.at);
        }
    }
    return slots;
}

std::vector<Alternative> offers_for(store::Session& session, const RequestSeries& request,
                                    const SeriesPlan& plan, const PlannedDate& refused) {
    auto order = order_of(request, refused.date);
    for (const PlannedDate& earlier : plan.dates) {
        if (earlier.date < refused.date && earlier.is_booked()) {
            order.siblings.push_back(earlier.slot.at);
        }
    }
    auto judged =
        judge(session, order, plan.place, facts_of(plan.booker, request.association, request.room));
    return judged ? std::vector<Alternative>() : std::move(judged.error().alternatives);
}

}  // namespace

void leave_out_own(std::vector<Alternative>& offers, RoomId room,
                   const std::vector<Interval>& own) {
    std::erase_if(offers, [&](const Alternative& offer) {
        return offer.room == room && std::ranges::any_of(own, [&](const Interval& slot) {
                   return meets(offer.slot.at, slot);
               });
    });
}

void offer_others(store::Session& session, const RequestSeries& request, SeriesPlan& plan) {
    const auto own = wanted(plan);
    std::size_t looked = 0;
    for (PlannedDate& planned : plan.dates) {
        if (looked == kMostOffered) {
            return;
        }
        if (planned.verdict != Verdict::refused || cure_of(planned.failures) == Cure::nothing) {
            continue;
        }
        planned.alternatives = offers_for(session, request, plan, planned);
        leave_out_own(planned.alternatives, request.room, own);
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
