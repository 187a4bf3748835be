#include "api/booking/holds/place_hold.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/holds/expire_holds.hpp"
#include "api/booking/holds/hold_effects.hpp"
#include "api/booking/holds/hold_store.hpp"
#include "api/booking/holds/hold_types.hpp"
#include "api/booking/judge_request.hpp"
#include "api/booking/local_time.hpp"
#include "api/booking/request_booking.hpp"
#include "api/mail/facts.hpp"
#include "api/people/people_store.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <utility>

namespace creneau::booking {

Outcome<Hold> place_hold(store::Session& session, const PlaceHold& order) {
    const RequestBooking& request = order.request;
    const auto actor = people::find_person(session, request.town, request.actor);
    if (!actor || !may_hold(*actor, order.request.room)) {
        return refuse(Refusal::not_allowed);
    }
    release_expired(session, request.town, request.now);
    const auto booker =
        people::find_person(session, request.town, request.booker.value_or(request.actor));
    const auto place = find_place(session, request.town, request.room);
    auto slot = judge(session, request, place, facts_of(booker, request.association, request.room),
                      {.hold_until = order.until});
    if (!slot) {
        return tl::unexpected(std::move(slot).error());
    }
    const auto& held = store::present(place, "room of a request without failures");
    const auto deadline = instant_of(order.until, held.site.time_zone);
    Hold hold;
    hold.claim = claim_of(request, *std::move(slot));
    hold.expires_at = store::present(deadline, "deadline that passed its rule");
    hold.placed_at = request.now;
    hold.id = insert_hold(session, request.town, hold, held);
    hold = store::present(select_hold(session, request.town, hold.id), "hold just placed");
    record(session, request.town,
           {"hold_placed", "hold", static_cast<std::int64_t>(hold.id), request.actor,
            hold.claim.booker, request.now});
    tell_holder(session, request.town, hold, {mail::Template::hold_placed, {}, {}}, request.now);
    return hold;
}

}  // namespace creneau::booking
