#include "api/booking/closures/close_rooms.hpp"

#include "api/audit/audit_store.hpp"
#include "api/booking/affair.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/cancel_booking.hpp"
#include "api/booking/change.hpp"
#include "api/booking/closures/closure_rules.hpp"
#include "api/booking/closures/closure_store.hpp"
#include "api/booking/closures/closure_types.hpp"
#include "api/booking/closures/keep_closed.hpp"
#include "api/booking/closures/plan_closure.hpp"
#include "api/booking/effects.hpp"
#include "api/booking/equipment/equipment_store.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/holds/expire_holds.hpp"
#include "api/booking/holds/hold_effects.hpp"
#include "api/booking/holds/hold_store.hpp"
#include "api/booking/holds/hold_types.hpp"
#include "api/booking/series/series_effects.hpp"
#include "api/booking/view_store.hpp"
#include "api/booking/waiting/give_way.hpp"
#include "api/booking/waiting/wait_store.hpp"
#include "api/booking/waiting/wait_types.hpp"
#include "api/mail/facts.hpp"
#include "api/store/session.hpp"

#include <algorithm>
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

/// Who had a turn waits again, at the place in the line that they had.
void end_holds(store::Session& session, const CloseRooms& order, const std::vector<Hold>& holds,
               const mail::ClosureFacts& closure) {
    for (const Hold& hold : holds) {
        (void)end_hold(session, order.town, hold.id, {HoldStatus::released, order.now});
        if (hold.wait) {
            (void)end_wait(session, order.town, *hold.wait,
                           {WaitStatus::offered, WaitStatus::waiting});
        }
        record(session, order.town,
               {"hold_released", "hold", static_cast<std::int64_t>(hold.id), order.actor,
                hold.claim.booker, order.now});
        Notice notice{mail::Template::hold_withdrawn, {}, {}};
        notice.closure = closure;
        tell_holder(session, order.town, hold, notice, order.now);
    }
}

bool is_wholly_closed(store::Session& session, TownId town, const Closure& closure,
                      const Booking& booking) {
    const Interval& at = closure.slot.at;
    const auto spaces = spaces_of(session, town, booking.room);
    return at.start <= booking.slot.at.start && booking.slot.at.end <= at.end &&
           std::ranges::all_of(spaces, [&](SpaceId space) {
               return std::ranges::find(closure.spaces, space) != closure.spaces.end();
           });
}

/// What bookings and holds had outside the closure is free.
void give_rest_way(store::Session& session, const CloseRooms& order, const ClosurePlan& plan) {
    if (order.meets == MeetPolicy::cancel) {
        for (const BookingView& met : plan.met) {
            if (is_wholly_closed(session, order.town, plan.closure, met.booking) &&
                orders_of(session, order.town, met.booking.id).empty()) {
                continue;  // nothing of it can be had
            }
            give_way(session, order.town, met.booking.room, met.booking.slot.at, order.now);
        }
    }
    for (const Hold& hold : plan.holds) {
        give_way(session, order.town, hold.claim.room, hold.claim.slot.at, order.now);
    }
}

}  // namespace

tl::expected<Closure, ClosureRefusal> close_rooms(store::Session& session,
                                                  const CloseRooms& order) {
    release_expired(session, order.town, order.now);
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
    end_holds(session, order, plan->holds, facts_of(closure));
    closure.id = insert_closure(session, order.town, closure);
    keep_closed(session, order.town, closure.spaces, closure.slot.at, order.now);
    audit::Line line;
    line.at = order.now;
    line.actor = order.actor;
    line.action = "closure_created";
    line.subject_kind = "closure";
    line.subject = static_cast<std::int64_t>(closure.id);
    audit::append(session, order.town, line);
    tell_all(session, order.meets, affairs, facts_of(closure));
    give_rest_way(session, order, *plan);
    return std::move(closure);
}

}  // namespace creneau::booking
