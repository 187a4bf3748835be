#include "api/booking/refuse_booking.hpp"

#include "api/booking/affair.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rules.hpp"
#include "api/booking/booking_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/change.hpp"
#include "api/booking/closures/keep_closed.hpp"
#include "api/booking/delegations/authority.hpp"
#include "api/booking/delegations/delegation_store.hpp"
#include "api/booking/effects.hpp"
#include "api/booking/grounds.hpp"
#include "api/booking/waiting/give_way.hpp"
#include "api/mail/facts.hpp"
#include "api/store/session.hpp"

#include <utility>

namespace creneau::booking {

Outcome<Affair> refuse_untold(store::Session& session, const RefuseBooking& refusal) {
    const Change& change = refusal.change;
    auto affair = open_to_decide(session, change);
    if (!affair) {
        return tl::unexpected(affair.error());
    }
    auto failures = check_ground(refusal_grounds(), {refusal.ground, refusal.text});
    if (!failures.empty()) {
        return refuse(std::move(failures));
    }
    const Booking before = affair->booking;
    if (const auto why = why_not_decide(before, change.now)) {
        return refuse(*why);
    }
    Booking& booking = affair->booking;
    booking.status = Status::refused;
    booking.ground = refusal.ground;
    booking.ground_text = refusal.text;
    booking.decided_at = change.now;
    booking.decided_by = change.actor;
    ++booking.sequence;
    if (!update_booking(session, change.town, before, booking)) {
        return refuse(Refusal::wrong_state);
    }
    note_decision(session, change.town, booking.id, affair->in_place_of);
    delete_occupancies(session, change.town, booking.id);
    keep_closed(session, change.town, booking.room, booking.slot.at, change.now);
    record(session, *affair, "booking_refused");
    return affair;
}

Outcome<Booking> refuse_booking(store::Session& session, const RefuseBooking& refusal) {
    const auto affair = refuse_untold(session, refusal);
    if (!affair) {
        return tl::unexpected(affair.error());
    }
    tell_booker(session, *affair, {mail::Template::booking_refused, {}, {}});
    give_way(session, *affair);
    return affair->booking;
}

}  // namespace creneau::booking
