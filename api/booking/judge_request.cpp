#include "api/booking/judge_request.hpp"

#include "api/booking/alternatives.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/local_time.hpp"
#include "api/store/present.hpp"

#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

using MaybeSlot = tl::expected<Slot, TimeError>;

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

}  // namespace

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

Outcome<Slot> judge(store::Session& session, const RequestBooking& request,
                    const std::optional<Place>& place, const BookerFacts& booker, Offer offer) {
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
    if (taken && offer == Offer::alternatives) {
        refusal.value().alternatives =
            find_alternatives(session, {request.town, request.room, **slot, request.attendees,
                                        request.association.has_value(), request.now});
    }
    return refusal;
}

}  // namespace creneau::booking
