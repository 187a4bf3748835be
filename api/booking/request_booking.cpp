#include "api/booking/request_booking.hpp"

#include "api/booking/affair.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_rules.hpp"
#include "api/booking/booking_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/effects.hpp"
#include "api/booking/equipment/equipment_store.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/holds/expire_holds.hpp"
#include "api/booking/judge_request.hpp"
#include "api/booking/series/tz_version.hpp"
#include "api/mail/facts.hpp"
#include "api/people/people_store.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <optional>
#include <utility>

namespace creneau::booking {

namespace {

Booking booking_of(const RequestBooking& request, PersonId booker, const Room& room, Slot slot) {
    Booking booking;
    booking.room = room.id;
    booking.association = request.association;
    booking.booker = booker;
    booking.requested_by = request.actor;
    booking.status = room.approval_needed ? Status::pending : Status::approved;
    booking.slot = std::move(slot);
    booking.attendees = static_cast<int>(request.attendees);
    booking.purpose = request.purpose;
    booking.layout = request.layout;
    booking.kind = request.kind;
    booking.requested_at = request.now;
    booking.tz_version = tz_version();
    if (booking.status == Status::approved) {
        booking.decided_at = request.now;
    }
    return booking;
}

/// Doors, audit and mail of a request that is in.
void conclude(store::Session& session, const Affair& affair) {
    record(session, affair, "booking_requested");
    if (affair.booking.status == Status::approved) {
        record_by_itself(session, affair, "booking_approved");
        tell_booker(session, affair,
                    {mail::Template::booking_approved, open_doors(session, affair), {}});
    } else {
        tell_booker(session, affair, {mail::Template::booking_received, {}, {}});
    }
}

}  // namespace

Outcome<Booking> request_booking(store::Session& session, const RequestBooking& request) {
    auto actor = people::find_person(session, request.town, request.actor);
    const PersonId booker_id = request.booker.value_or(request.actor);
    if (!actor || (booker_id != request.actor && !is_office(*actor, request.room))) {
        return refuse(Refusal::not_allowed);
    }
    release_expired(session, request.town, request.now);
    const auto booker =
        booker_id == request.actor ? actor : people::find_person(session, request.town, booker_id);
    auto place = find_place(session, request.town, request.room);
    auto slot = judge(session, request, place, facts_of(booker, request.association, request.room),
                      {.offer = request.offer});
    if (!slot) {
        return tl::unexpected(std::move(slot).error());
    }
    auto judged = store::present(std::move(place), "room of a request without failures");
    Affair affair{request.town,
                  *std::move(actor),
                  booking_of(request, booker_id, judged.room, *std::move(slot)),
                  std::move(judged),
                  booker->name,
                  name_of(*booker, request.association),
                  request.now};
    affair.booking.id = insert_booking(session, request.town, affair.booking);
    const auto orders = request.equipment.empty() ? Orders::none : Orders::maybe;
    if (orders == Orders::maybe) {
        set_orders(session, request.town, affair.booking.id, request.equipment);
    }
    if (occupies(affair.booking.status, affair.place.room.pending_blocks) &&
        !insert_occupancies(session, request.town, affair.booking, affair.place, orders)) {
        return refuse({room_taken()});
    }
    conclude(session, affair);
    record_override(session, affair, request.override_reason);
    return affair.booking;
}

}  // namespace creneau::booking
