#include "api/booking/waiting/join_line.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_rules.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/equipment/equipment_store.hpp"
#include "api/booking/equipment/equipment_types.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/failures.hpp"
#include "api/booking/holds/expire_holds.hpp"
#include "api/booking/holds/hold_effects.hpp"
#include "api/booking/holds/hold_types.hpp"
#include "api/booking/holds/use_hold.hpp"
#include "api/booking/judge_request.hpp"
#include "api/booking/local_time.hpp"
#include "api/booking/request_booking.hpp"
#include "api/booking/waiting/wait_effects.hpp"
#include "api/booking/waiting/wait_store.hpp"
#include "api/booking/waiting/wait_types.hpp"
#include "api/mail/facts.hpp"
#include "api/people/people_store.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

/// Who wants to wait for what, as it is judged.
struct Waiting {
    const RequestBooking& request;
    const std::optional<Place>& place;
    BookerFacts booker;
};

bool can_be_waited_for(const Failure& failure) {
    return std::ranges::find(kWaitedFor, failure.rule) != kWaitedFor.end();
}

/// Whether more is wanted of something than there is: nobody's change brings that.
bool wants_too_much(store::Session& session, const RequestBooking& request) {
    return std::ranges::any_of(request.equipment, [&](const EquipmentOrder& order) {
        const auto equipment = find_equipment(session, request.town, order.id);
        return equipment && equipment->stock < order.quantity;
    });
}

Failure slot_is_free() {
    return {Rule::slot_is_free,
            "start",
            {"Ce créneau est libre : réservez-le.", "This slot is free: book it."}};
}

Failure already_waiting() {
    return {Rule::already_waiting,
            "start",
            {"Cette demande est déjà sur la liste d'attente : attendez son tour, ou choisissez un "
             "autre créneau.",
             "This request is on the waiting list already: wait for its turn, or choose another "
             "slot."}};
}

Failure too_many_waits() {
    const auto most = std::to_string(kMostWaits);
    return {Rule::too_many_waits,
            "start",
            {"Déjà " + most + " créneaux attendus : quittez d'abord une liste d'attente.",
             "Already " + most + " slots waited for: leave a waiting list first."}};
}

/// Nobody waits for what can be had elsewhere without knowing of it; a round's wishes come by date
/// and have nobody there to choose.
tl::unexpected<BookingError> refuse_wait(store::Session& session, const Waiting& waiting,
                                         std::vector<Failure> failures) {
    auto refusal = refuse(std::move(failures));
    if (waiting.place && !waiting.request.in_round) {
        refusal.value().alternatives = alternatives_to(session, waiting.request, *waiting.place,
                                                       waiting.booker, refusal.value().failures);
    }
    return refusal;
}

/// What is waited for; an empty slot where the request names none.
Claim claim_at(const RequestBooking& request, const std::optional<Place>& place) {
    Slot slot;
    if (place) {
        slot = resolve_slot(request.start, request.end, place->site.time_zone).value_or(Slot{});
    }
    return claim_of(request, std::move(slot));
}

/// Whether the lines that the booker stands in leave room for this one.
std::vector<Failure> check_lines(store::Session& session, const RequestBooking& request,
                                 const Wait& wait) {
    std::vector<Failure> failures;
    if (waits_already(session, request.town, wait.claim)) {
        failures.push_back(already_waiting());
    }
    if (!wait.in_round &&
        count_waits(session, request.town, wait.claim.booker, request.now) >= kMostWaits) {
        failures.push_back(too_many_waits());
    }
    return failures;
}

}  // namespace

Outcome<Wait> join_line(store::Session& session, const RequestBooking& request) {
    const auto actor = people::find_person(session, request.town, request.actor);
    const PersonId booker_id = request.booker.value_or(request.actor);
    if (!actor || (booker_id != request.actor && !is_office(*actor, request.room))) {
        return refuse(Refusal::not_allowed);
    }
    release_expired(session, request.town, request.now);
    const auto booker = people::find_person(session, request.town, booker_id);
    const auto place = find_place(session, request.town, request.room);
    const Waiting waiting{request, place, facts_of(booker, request.association, request.room)};
    auto judged = judge(session, request, place, waiting.booker, {.offer = Offer::nothing});
    if (judged) {
        // Said alone: whoever books it needs to leave no line first.
        return refuse({slot_is_free()});
    }
    auto failures = std::move(judged.error().failures);
    const bool is_hopeless = wants_too_much(session, request);
    std::erase_if(failures, [is_hopeless](const Failure& failure) {
        return can_be_waited_for(failure) &&
               !(is_hopeless && failure.rule == Rule::equipment_short);
    });
    Wait wait;
    wait.claim = claim_at(request, place);
    wait.asked_at = request.now;
    wait.in_round = request.in_round;
    join(failures, check_lines(session, request, wait));
    if (!failures.empty()) {
        return refuse_wait(session, waiting, std::move(failures));
    }
    wait.id = insert_wait(session, request.town, wait);
    record(session, request.town,
           {"wait_joined", "wait", static_cast<std::int64_t>(wait.id), request.actor, booker_id,
            request.now});
    auto joined = store::present(select_wait(session, request.town, wait.id), "wait just joined");
    if (!joined.in_round) {
        tell_joined(session, request.town, joined, request.now);
    }
    return joined;
}

Outcome<Wait> leave_line(store::Session& session, const LeaveLine& order) {
    const auto actor = people::find_person(session, order.town, order.actor);
    auto wait = select_wait(session, order.town, order.wait);
    if (!actor || !wait || !may_see(*actor, wait->claim)) {
        return refuse(Refusal::unknown_booking);
    }
    if (wait->hold) {
        const auto released =
            release_hold(session, {order.town, order.actor, *wait->hold, order.now});
        if (!released) {
            return tl::unexpected(released.error());
        }
    } else if (end_wait(session, order.town, wait->id, {WaitStatus::waiting, WaitStatus::left})) {
        tell_ended(session, order.town, wait->id, {mail::kGivenUp, order.actor, {}, order.now});
    } else {
        return refuse(Refusal::wrong_state);
    }
    record(session, order.town,
           {"wait_left", "wait", static_cast<std::int64_t>(wait->id), order.actor,
            wait->claim.booker, order.now});
    return *std::move(wait);
}

}  // namespace creneau::booking
