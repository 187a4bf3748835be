#include "api/booking/holds/use_hold.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/holds/expire_holds.hpp"
#include "api/booking/holds/hold_effects.hpp"
#include "api/booking/holds/hold_store.hpp"
#include "api/booking/holds/hold_types.hpp"
#include "api/booking/judge_request.hpp"
#include "api/booking/request_booking.hpp"
#include "api/booking/waiting/give_way.hpp"
#include "api/booking/waiting/wait_effects.hpp"
#include "api/booking/waiting/wait_store.hpp"
#include "api/booking/waiting/wait_types.hpp"
#include "api/mail/facts.hpp"
#include "api/people/people_store.hpp"
#include "api/store/present.hpp"
#include "api/store/savepoint.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

/// The hold, when the actor may see it and it still holds.
Outcome<Hold> open_hold(store::Session& session, const HoldChange& change) {
    const auto actor = people::find_person(session, change.town, change.actor);
    auto hold = select_hold(session, change.town, change.hold);
    if (!actor || !hold || !may_see(*actor, hold->claim)) {
        return refuse(Refusal::unknown_booking);
    }
    if (hold->status != HoldStatus::held || hold->expires_at <= change.now) {
        return refuse(Refusal::wrong_state);
    }
    return *std::move(hold);
}

/// Looked for beside the hold, which stands: what it keeps is not free.
std::vector<Alternative> offers_beside(store::Session& session, const RequestBooking& request,
                                       const std::vector<Failure>& failures) {
    const auto booker =
        people::find_person(session, request.town, request.booker.value_or(request.actor));
    const auto place =
        store::present(find_place(session, request.town, request.room), "room of a hold");
    return alternatives_to(session, request, place,
                           facts_of(booker, request.association, request.room), failures);
}

/// Whether it was offered to what a yearly round left waiting.
bool is_of_round(store::Session& session, TownId town, const Hold& hold) {
    const auto wait = hold.wait ? select_wait(session, town, *hold.wait) : std::nullopt;
    return wait && wait->in_round;
}

void record_end(store::Session& session, const HoldChange& change, const Hold& hold,
                std::string_view action) {
    record(session, change.town,
           {action, "hold", static_cast<std::int64_t>(hold.id), change.actor, hold.claim.booker,
            change.now});
}

}  // namespace

Outcome<Booking> book_hold(store::Session& session, const BookHold& order) {
    const HoldChange& change = order.change;
    // Before the hold gives anything up: what another one leaves is then offered without it.
    release_expired(session, change.town, change.now);
    const auto hold = open_hold(session, change);
    if (!hold) {
        return tl::unexpected(hold.error());
    }
    // Undone, also after a refusal, the hold stands as before.
    store::Savepoint use(session);
    if (!end_hold(session, change.town, hold->id, {HoldStatus::booked, change.now})) {
        return refuse(Refusal::wrong_state);
    }
    auto request = request_of(hold->claim, change.town, change.actor, change.now);
    if (const auto actor = people::find_person(session, change.town, change.actor);
        actor && !is_office(*actor, hold->claim.room)) {
        request.booker = change.actor;  // another manager of the association
    }
    request.equipment = order.equipment.value_or(request.equipment);
    request.offer = Offer::nothing;
    request.in_round = is_of_round(session, change.town, *hold);
    auto booking = request_booking(session, request);
    if (!booking) {
        use.undo();
        booking.error().alternatives = offers_beside(session, request, booking.error().failures);
        return booking;
    }
    use.keep();
    name_booking_of(session, change.town, hold->id, booking->id);
    if (const auto& wait = hold->wait) {
        (void)end_wait(session, change.town, *wait, {WaitStatus::offered, WaitStatus::booked});
    }
    record_end(session, change, *hold, "hold_booked");
    // A request may take less than the hold did: of the equipment, or of a room that it does not
    // block. The next in line may ask for that too.
    give_way(session, change.town, hold->claim.room, hold->claim.slot.at, change.now);
    return booking;
}

Outcome<Hold> release_hold(store::Session& session, const HoldChange& change) {
    auto hold = open_hold(session, change);
    if (!hold) {
        return hold;
    }
    if (!end_hold(session, change.town, hold->id, {HoldStatus::released, change.now})) {
        return refuse(Refusal::wrong_state);
    }
    if (const auto& wait = hold->wait) {
        (void)end_wait(session, change.town, *wait, {WaitStatus::offered, WaitStatus::left});
        tell_ended(session, change.town, *wait,
                   {mail::kGivenUp, change.actor, hold->id, change.now});
    }
    record_end(session, change, *hold, "hold_released");
    if (!hold->wait && change.actor != hold->claim.booker) {
        tell_holder(session, change.town, *hold, {mail::Template::hold_withdrawn, {}, {}},
                    change.now);
    }
    give_way(session, change.town, hold->claim.room, hold->claim.slot.at, change.now);
    return hold;
}

}  // namespace creneau::booking
