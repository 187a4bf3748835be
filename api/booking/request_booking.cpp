#include "api/booking/request_booking.hpp"

#include "api/booking/affair.hpp"
#include "api/booking/alternatives.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_rules.hpp"
#include "api/booking/booking_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/effects.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/local_time.hpp"
#include "api/mail/facts.hpp"
#include "api/people/people_store.hpp"
#include "api/people/person.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

using MaybeSlot = tl::expected<Slot, TimeError>;

BookerFacts facts_of(const std::optional<people::Person>& booker,
                     const std::optional<AssociationId>& association) {
    BookerFacts facts;
    facts.for_association = association.has_value();
    if (booker) {
        facts.known = true;
        facts.may_book = booker->has(people::Role::booker) || is_office(*booker);
        facts.manages_association = association && booker->manages(*association);
    }
    return facts;
}

std::vector<Failure> check(const RequestBooking& request, const std::optional<Place>& place,
                           const BookerFacts& booker, const std::optional<MaybeSlot>& slot) {
    std::vector<Failure> failures = check_room(place ? std::optional(place->room) : std::nullopt,
                                               request.association.has_value(), request.attendees);
    const auto join = [&failures](const std::vector<Failure>& more) {
        failures.insert(failures.end(), more.begin(), more.end());
    };
    if (slot) {
        join(check_slot(*slot, request.now));
    }
    join(check_attendees(request.attendees));
    join(check_purpose(request.purpose));
    join(check_booker(booker));
    return failures;
}

/// The request against every rule and, by a look, against what is there.
Outcome<Slot> judge(store::Session& session, const RequestBooking& request,
                    const std::optional<Place>& place, const BookerFacts& booker) {
    // Without a room there is no time zone, so nothing is known of the slot.
    std::optional<MaybeSlot> slot;
    if (place) {
        slot = resolve_slot(request.start, request.end, place->site.time_zone);
    }
    std::vector<Failure> failures = check(request, place, booker, slot);
    const bool taken = slot && *slot && is_taken(session, request.town, request.room, (*slot)->at);
    if (taken) {
        failures.push_back(room_taken());
    }
    if (failures.empty()) {
        return *store::present(slot, "slot of a request without failures");
    }
    auto refusal = refuse(std::move(failures));
    if (taken) {
        refusal.value().alternatives =
            find_alternatives(session, {request.town, request.room, **slot, request.attendees,
                                        request.association.has_value(), request.now});
    }
    return refusal;
}

std::string name_of_association(const people::Person& booker,
                                const std::optional<AssociationId>& association) {
    const auto found = std::ranges::find_if(
        booker.associations,
        [&](const people::ManagedAssociation& managed) { return association == managed.id; });
    return found == booker.associations.end() ? std::string() : found->name;
}

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
    booking.requested_at = request.now;
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
    if (!actor || (booker_id != request.actor && !is_office(*actor))) {
        return refuse(Refusal::not_allowed);
    }
    const auto booker =
        booker_id == request.actor ? actor : people::find_person(session, request.town, booker_id);
    auto place = find_place(session, request.town, request.room);
    auto slot = judge(session, request, place, facts_of(booker, request.association));
    if (!slot) {
        return tl::unexpected(std::move(slot).error());
    }
    auto judged = store::present(std::move(place), "room of a request without failures");
    Affair affair{request.town,
                  *std::move(actor),
                  booking_of(request, booker_id, judged.room, *std::move(slot)),
                  std::move(judged),
                  booker->name,
                  name_of_association(*booker, request.association),
                  request.now};
    affair.booking.id = insert_booking(session, request.town, affair.booking);
    if (occupies(affair.booking.status, affair.place.room.pending_blocks) &&
        !insert_occupancies(session, request.town, affair.booking)) {
        return refuse({room_taken()});
    }
    conclude(session, affair);
    return affair.booking;
}

}  // namespace creneau::booking
