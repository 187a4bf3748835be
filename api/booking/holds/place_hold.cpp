#include "api/booking/holds/place_hold.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/holds/expire_holds.hpp"
#include "api/booking/holds/hold_effects.hpp"
#include "api/booking/holds/hold_rules.hpp"
#include "api/booking/holds/hold_store.hpp"
#include "api/booking/holds/hold_types.hpp"
#include "api/booking/judge_request.hpp"
#include "api/booking/local_time.hpp"
#include "api/booking/request_booking.hpp"
#include "api/mail/facts.hpp"
#include "api/people/people_store.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

std::vector<Failure> failures_of(const PlaceHold& order, const std::optional<Place>& place,
                                 std::optional<std::chrono::sys_seconds>& deadline) {
    if (!place) {
        return {};
    }
    deadline = instant_of(order.until, place->site.time_zone);
    const auto slot = resolve_slot(order.request.start, order.request.end, place->site.time_zone);
    return slot ? check_deadline(deadline, slot->at, order.request.now) : std::vector<Failure>();
}

}  // namespace

Outcome<Hold> place_hold(store::Session& session, const PlaceHold& order) {
    const RequestBooking& request = order.request;
    const auto actor = people::find_person(session, request.town, request.actor);
    if (!actor || !may_hold(*actor)) {
        return refuse(Refusal::not_allowed);
    }
    release_expired(session, request.town, request.now);
    const auto booker =
        people::find_person(session, request.town, request.booker.value_or(request.actor));
    const auto place = find_place(session, request.town, request.room);
    std::optional<std::chrono::sys_seconds> deadline;
    auto failures = failures_of(order, place, deadline);
    auto slot = judge(session, request, place, facts_of(booker, request.association));
    if (!slot && failures.empty()) {
        return tl::unexpected(std::move(slot).error());
    }
    if (!slot) {
        std::ranges::move(slot.error().failures, std::back_inserter(failures));
    }
    if (!failures.empty()) {
        return refuse(std::move(failures));
    }
    Hold hold;
    hold.claim = claim_of(request, *std::move(slot));
    hold.expires_at = store::present(deadline, "deadline that passed its rule");
    hold.placed_at = request.now;
    hold.id = insert_hold(session, request.town, hold,
                          store::present(place, "room of a request without failures"));
    hold = store::present(select_hold(session, request.town, hold.id), "hold just placed");
    record(session, request.town,
           {"hold_placed", "hold", static_cast<std::int64_t>(hold.id), request.actor,
            hold.claim.booker, request.now});
    tell_holder(session, request.town, hold, {mail::Template::hold_placed, {}, {}}, request.now);
    return hold;
}

}  // namespace creneau::booking
