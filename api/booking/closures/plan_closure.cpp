#include "api/booking/closures/plan_closure.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_rules.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/closures/closure_rules.hpp"
#include "api/booking/closures/closure_store.hpp"
#include "api/booking/closures/closure_types.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/failures.hpp"
#include "api/booking/holds/hold_store.hpp"
#include "api/booking/holds/hold_types.hpp"
#include "api/booking/local_time.hpp"
#include "api/booking/view_store.hpp"
#include "api/people/people_store.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

using Failures = std::vector<Failure>;

/// Site and spaces of the closure; what is wrong with them otherwise.
Failures find_spaces(store::Session& session, const CloseRooms& order, Closure& closure) {
    const std::size_t named =
        (order.site ? 1U : 0U) + (order.room ? 1U : 0U) + (order.spaces.empty() ? 0U : 1U);
    if (auto failures = check_one_place(named); !failures.empty()) {
        return failures;
    }
    if (order.room) {
        const auto room = find_room(session, order.town, *order.room);
        if (!room) {
            return {unknown_room()};
        }
        closure.site = room->site;
        closure.room = room->id;
        closure.spaces = spaces_of(session, order.town, room->id);
        return {};
    }
    if (order.site) {
        closure.site = *order.site;
        closure.spaces = spaces_of(session, order.town, *order.site);
        return closure.spaces.empty() ? Failures{unknown_site()} : Failures{};
    }
    closure.spaces = order.spaces;
    std::ranges::sort(closure.spaces);
    const auto twice = std::ranges::unique(closure.spaces);
    closure.spaces.erase(twice.begin(), twice.end());
    const auto site = site_of(session, order.town, closure.spaces.front());
    const bool are_of_it = site && std::ranges::all_of(closure.spaces, [&](SpaceId space) {
                               return site_of(session, order.town, space) == site;
                           });
    closure.site = site.value_or(SiteId{});
    return are_of_it ? Failures{} : Failures{unknown_space()};
}

/// The interval in the site's zone; what is wrong with it otherwise.
Failures find_times(store::Session& session, const CloseRooms& order, Closure& closure) {
    const auto sites = list_sites(session, order.town);
    const auto site = std::ranges::find(sites, closure.site, &Site::id);
    if (site == sites.end()) {
        return {};  // without a place there is no time zone
    }
    closure.time_zone = site->time_zone;
    const auto slot = resolve_slot(order.start, order.end, site->time_zone);
    if (!slot) {
        return check_slot(slot, order.now);
    }
    closure.slot = *slot;
    return slot->at.end <= order.now ? Failures{closure_is_past()} : Failures{};
}

std::vector<BookingView> bookings_in(store::Session& session, const CloseRooms& order,
                                     const Closure& closure) {
    std::vector<BookingView> met;
    for (const SpaceId space : closure.spaces) {
        auto more =
            select_views_met(session, order.town, space,
                             {std::max(closure.slot.at.start, order.now), closure.slot.at.end});
        std::ranges::move(more, std::back_inserter(met));
    }
    const auto key = [](const BookingView& view) {
        return std::pair(view.booking.slot.at.start, view.booking.id);
    };
    std::ranges::sort(met, {}, key);
    const auto twice = std::ranges::unique(met, {}, key);
    met.erase(twice.begin(), twice.end());
    return met;
}

std::vector<Hold> holds_in(store::Session& session, const CloseRooms& order,
                           const Closure& closure) {
    auto holds = select_holds(session, order.town, {order.now, {}, {}, closure.slot.at});
    std::erase_if(holds, [&](const Hold& hold) {
        return std::ranges::none_of(
            spaces_of(session, order.town, hold.claim.room), [&](SpaceId space) {
                return std::ranges::find(closure.spaces, space) != closure.spaces.end();
            });
    });
    return holds;
}

}  // namespace

Outcome<ClosurePlan> plan_closure(store::Session& session, const CloseRooms& order) {
    auto actor = people::find_person(session, order.town, order.actor);
    if (!actor || !may_close(*actor)) {
        return refuse(Refusal::not_allowed);
    }
    Closure closure;
    closure.kind = order.kind;
    closure.reason = order.reason;
    closure.created_at = order.now;
    closure.created_by = order.actor;
    Failures failures = find_spaces(session, order, closure);
    if (failures.empty() && !may_close(*actor, closure.site)) {
        return refuse(Refusal::not_allowed);
    }
    join(failures, find_times(session, order, closure));
    join(failures, check_closure_reason(order.reason));
    if (!failures.empty()) {
        return refuse(std::move(failures));
    }
    auto met = bookings_in(session, order, closure);
    auto holds = holds_in(session, order, closure);
    return ClosurePlan{*std::move(actor), std::move(closure), std::move(met), std::move(holds)};
}

std::optional<BookingError> refusal_of(const ClosurePlan& plan, MeetPolicy meets) {
    if (meets != MeetPolicy::refuse || (plan.met.empty() && plan.holds.empty())) {
        return std::nullopt;
    }
    return refuse({meets_bookings(plan.met.size(), plan.holds.size())}).value();
}

}  // namespace creneau::booking
