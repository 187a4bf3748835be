#include "api/booking/closures/close_rooms.hpp"

#include "api/booking/affair.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/cancel_booking.hpp"
#include "api/booking/closures/closure_rules.hpp"
#include "api/booking/closures/closure_store.hpp"
#include "api/booking/closures/closure_types.hpp"
#include "api/booking/closures/keep_closed.hpp"
#include "api/booking/closures/plan_closure.hpp"
#include "api/booking/effects.hpp"
#include "api/booking/series/series_effects.hpp"
#include "api/booking/view_store.hpp"
#include "api/mail/facts.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

/// Cancels a booking that is met, or looks at it; its mail is still to be sent.
Outcome<Affair> touch(store::Session& session, const CloseRooms& order, const Booking& met) {
    const Change change{order.town, order.actor, met.id, {}, order.now};
    if (order.meets == MeetPolicy::cancel) {
        return cancel_untold(session, {change, std::string(ground_of(order.kind)), order.reason});
    }
    return open_affair(session, change);
}

mail::ClosureFacts facts_of(const Closure& closure) {
    const Sentence kind = words_for(closure.kind);
    return {kind.fr, kind.en, closure.reason, closure.slot.local_start, closure.slot.local_end};
}

void tell_one(store::Session& session, MeetPolicy meets, const Affair& affair,
              const mail::ClosureFacts& closure) {
    Notice notice;
    if (meets == MeetPolicy::cancel) {
        notice.name = mail::Template::booking_cancelled;
    } else {
        notice.name = mail::Template::booking_closure;
        notice.closure = closure;
    }
    tell_booker(session, affair, notice);
}

/// One mail for a single booking, one for all dates of a series.
void tell_all(store::Session& session, MeetPolicy meets, const std::vector<Affair>& affairs,
              const mail::ClosureFacts& closure) {
    std::map<SeriesId, std::vector<Affair>> series;
    for (const Affair& affair : affairs) {
        if (affair.booking.series) {
            series[*affair.booking.series].push_back(affair);
        } else {
            tell_one(session, meets, affair, closure);
        }
    }
    for (const auto& [id, dates] : series) {
        if (dates.size() == 1) {
            tell_one(session, meets, dates.front(), closure);
        } else if (meets == MeetPolicy::cancel) {
            tell_booker_of_series(session, mail::Template::series_cancelled, dates, {});
        } else {
            tell_booker_of_series(session, mail::Template::series_closure, dates, {}, closure);
        }
    }
}

}  // namespace

tl::expected<Closure, ClosureRefusal> close_rooms(store::Session& session,
                                                  const CloseRooms& order) {
    auto plan = plan_closure(session, order);
    if (!plan) {
        return tl::unexpected(ClosureRefusal{std::move(plan).error(), {}});
    }
    if (auto refusal = refusal_of(*plan, order.meets)) {
        return tl::unexpected(ClosureRefusal{*std::move(refusal), std::move(plan->met)});
    }
    std::vector<Affair> affairs;
    for (const BookingView& met : plan->met) {
        auto affair = touch(session, order, met.booking);
        if (!affair) {
            return tl::unexpected(ClosureRefusal{std::move(affair).error(), {}});
        }
        affairs.push_back(*std::move(affair));
    }
    Closure& closure = plan->closure;
    closure.id = insert_closure(session, order.town, closure);
    keep_closed(session, order.town, closure.spaces, closure.slot.at, order.now);
    AuditLine line;
    line.at = order.now;
    line.actor = order.actor;
    line.action = "closure_created";
    line.subject_kind = "closure";
    line.subject = static_cast<std::int64_t>(closure.id);
    line.ground = closure.reason;
    insert_audit(session, order.town, line);
    tell_all(session, order.meets, affairs, facts_of(closure));
    return std::move(closure);
}

}  // namespace creneau::booking
