#include "api/booking/judge_request.hpp"

#include "api/booking/alternatives.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_rules.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/check_wish.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/failures.hpp"
#include "api/booking/kinds/check_kind.hpp"
#include "api/booking/local_time.hpp"
#include "api/booking/request_booking.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <optional>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

using Failures = std::vector<Failure>;

Wish wish_of(const RequestBooking& request, const Place& place, const BookerFacts& booker,
             const Judging& judging) {
    Wish wish;
    wish.town = request.town;
    wish.room = request.room;
    wish.crowd = {request.attendees, request.layout};
    wish.owner = {request.association, request.booker.value_or(request.actor)};
    wish.actor = request.actor;
    wish.owner_is_staff = booker.is_staff;
    // Only the office acts for another person.
    wish.by_office = booker.is_office || wish.owner.person != request.actor;
    wish.in_round = request.in_round;
    wish.override_reason = request.override_reason;
    wish.siblings = {
        request.room, {place.rules.setup, place.rules.teardown}, request.siblings, request.wanted};
    wish.equipment = request.equipment;
    wish.hold_until = judging.hold_until;
    wish.now = request.now;
    return wish;
}

}  // namespace

BookerFacts facts_of(const std::optional<people::Person>& booker,
                     const std::optional<AssociationId>& association, RoomId room) {
    BookerFacts facts;
    facts.for_association = association.has_value();
    if (booker) {
        facts.known = true;
        facts.is_staff = people::is_staff(*booker);
        facts.is_office = is_office(*booker, room);
        facts.may_book = booker->has(people::Role::booker) || facts.is_staff;
        facts.manages_association = association && booker->manages(*association);
    }
    return facts;
}

Outcome<Slot> judge_wish(store::Session& session, Wish wish, const Place& place,
                         const Demand& demand, Offer offer) {
    const auto slot = resolve_slot(demand.start, demand.end, place.site.time_zone);
    wish.slot = slot.value_or(Slot{});
    Failures failures = check_rules(session, wish, place.room, place.rules, slot);
    join(failures, demand.failures);
    if (slot) {
        join(failures, check_way(session, wish));
    }
    if (failures.empty()) {
        return wish.slot;
    }
    auto refusal = refuse(std::move(failures));
    if (slot && offer == Offer::alternatives) {
        refusal.value().alternatives =
            find_alternatives(session, wish, place, refusal.value().failures);
    }
    return refusal;
}

Outcome<Slot> judge(store::Session& session, const RequestBooking& request,
                    const std::optional<Place>& place, const BookerFacts& booker,
                    const Judging& judging) {
    Demand demand{request.start, request.end, {}};
    join(demand.failures, check_attendees(request.attendees));
    join(demand.failures, check_purpose(request.purpose));
    join(demand.failures, check_kind(session, request.town, request.kind));
    join(demand.failures, check_booker(booker));
    if (!place) {
        // Without a room there is no time zone, so nothing is known of the slot.
        demand.failures.insert(demand.failures.begin(), unknown_room());
        return refuse(std::move(demand.failures));
    }
    return judge_wish(session, wish_of(request, *place, booker, judging), *place, demand,
                      judging.offer);
}

std::vector<Alternative> alternatives_to(store::Session& session, const RequestBooking& request,
                                         const Place& place, const BookerFacts& booker,
                                         const std::vector<Failure>& failures) {
    const auto slot = resolve_slot(request.start, request.end, place.site.time_zone);
    if (!slot) {
        return {};
    }
    Wish wish = wish_of(request, place, booker, {});
    wish.slot = *slot;
    return find_alternatives(session, wish, place, failures);
}

}  // namespace creneau::booking
