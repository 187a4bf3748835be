#include "api/booking/approve_booking.hpp"

#include "api/booking/affair.hpp"
#include "api/booking/affair_wish.hpp"
#include "api/booking/alternatives.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_rules.hpp"
#include "api/booking/booking_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/change.hpp"
#include "api/booking/check_wish.hpp"
#include "api/booking/closures/closure_store.hpp"
#include "api/booking/closures/keep_closed.hpp"
#include "api/booking/delegations/authority.hpp"
#include "api/booking/delegations/delegation_store.hpp"
#include "api/booking/effects.hpp"
#include "api/booking/equipment/check_equipment.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/failures.hpp"
#include "api/booking/holds/expire_holds.hpp"
#include "api/booking/holds/hold_rules.hpp"
#include "api/booking/holds/hold_store.hpp"
#include "api/booking/holds/hold_types.hpp"
#include "api/booking/obstacles.hpp"
#include "api/booking/occupancy_store.hpp"
#include "api/booking/request_booking.hpp"
#include "api/booking/room_rules.hpp"
#include "api/mail/facts.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

/// A request keeps its slot, though the room was closed around it since: whoever closed it chose to
/// keep what it met.
Spot spot_of(const Affair& affair) {
    return {affair.booking.room, affair.booking.slot.at, true};
}

/// Takes the slot, from the closures over it where the request did not block.
bool occupy_slot(store::Session& session, const Affair& affair, const Place& taken) {
    const Booking& booking = affair.booking;
    // Deleted first: whether a pending booking had occupied is a setting that may have changed.
    delete_occupancies(session, affair.town, booking.id);
    const bool is_closed =
        !select_closures(session, affair.town, {booking.slot.at, {}, booking.room}).empty();
    const Interval left = is_closed
                              ? vacate_closures(session, affair.town, booking.room, booking.slot.at)
                              : booking.slot.at;
    if (!insert_occupancies(session, affair.town, booking, taken)) {
        return false;
    }
    if (is_closed) {
        keep_closed(session, affair.town, booking.room, left, affair.now);
    }
    return true;
}

/// Who may see what is held may withdraw it: each such hold by itself instead of the one failure
/// that stands for all of them. Anybody else reads no more than everybody does.
void name_holds(store::Session& session, const Affair& affair, std::vector<Failure>& failures) {
    const auto held = std::ranges::find(failures, Rule::room_held, &Failure::rule);
    if (held == failures.end()) {
        return;
    }
    std::vector<Failure> named;
    for (const Hold& hold : select_holds(
             session, affair.town, {affair.now, {}, affair.booking.room, affair.booking.slot.at})) {
        if (may_see(affair.actor, hold.claim)) {
            named.push_back(room_held(hold));
        }
    }
    if (!named.empty()) {
        failures.insert(failures.erase(held), named.begin(), named.end());
    }
}

/// What is in the way of an approval, by a look: all of it at once.
std::vector<Failure> failures_of(store::Session& session, const Affair& affair, const Place& taken,
                                 const Change& change) {
    auto failures = check_reason(change.override_reason);
    if (change.override_reason.empty()) {
        join(failures,
             check_soft(session, change.town, affair.booking, affair.place.rules, change.now));
    }
    join(failures, check_stock(session, change.town, affair.booking, taken, change.now));
    join(failures,
         check_obstacles(session, change.town, spot_of(affair), {change.now, affair.booking.id}));
    name_holds(session, affair, failures);
    return failures;
}

/// Where a move could take the booking instead.
std::vector<Alternative> places_to_move(store::Session& session, const Affair& affair,
                                        const std::vector<Failure>& failures,
                                        const std::vector<Interval>& wanted) {
    const RoomRules& rules = affair.place.rules;
    Wish wish = wish_to_move(session, affair);
    wish.siblings = {wish.room, {rules.setup, rules.teardown}, {}, wanted};
    return find_alternatives(session, wish, affair.place, failures);
}

/// All of an approval but its mail.
Outcome<Approval> approve_it(store::Session& session, const Change& change, Offer offer) {
    auto affair = open_to_decide(session, change);
    if (!affair) {
        return tl::unexpected(affair.error());
    }
    release_expired(session, change.town, change.now);
    const Booking before = affair->booking;
    if (const auto refusal = why_not_decide(before, change.now)) {
        return refuse(*refusal);
    }
    const Place taken = with_kept_buffers(session, change.town, before, affair->place);
    if (auto failures = failures_of(session, *affair, taken, change); !failures.empty()) {
        auto refusal = refuse(std::move(failures));
        if (offer == Offer::alternatives) {
            refusal.value().alternatives =
                places_to_move(session, *affair, refusal.value().failures, {});
        }
        return refusal;
    }
    Booking& booking = affair->booking;
    booking.status = Status::approved;
    booking.decided_at = change.now;
    booking.decided_by = change.actor;
    ++booking.sequence;
    if (!update_booking(session, change.town, before, booking)) {
        return refuse(Refusal::wrong_state);
    }
    note_decision(session, change.town, booking.id, affair->in_place_of);
    if (!occupy_slot(session, *affair, taken)) {
        return refuse({room_taken()});
    }
    record(session, *affair, "booking_approved");
    record_override(session, *affair, change.override_reason);
    auto pass = open_doors(session, *affair);
    return Approval{*std::move(affair), pass};
}

}  // namespace

Outcome<Approval> approve_untold(store::Session& session, const Change& change) {
    return approve_it(session, change, Offer::nothing);
}

Booking tell_approval(store::Session& session, const Approval& approval) {
    tell_booker(session, approval.affair, {mail::Template::booking_approved, approval.pass, {}});
    return approval.affair.booking;
}

Outcome<Booking> approve_booking(store::Session& session, const Change& change) {
    auto approval = approve_it(session, change, Offer::alternatives);
    if (!approval) {
        return tl::unexpected(std::move(approval).error());
    }
    return tell_approval(session, *approval);
}

std::vector<Alternative> alternatives_to(store::Session& session, const Change& change,
                                         const std::vector<Failure>& failures,
                                         const std::vector<Interval>& wanted) {
    const auto affair = open_to_decide(session, change);
    return affair ? places_to_move(session, *affair, failures, wanted) : std::vector<Alternative>();
}

}  // namespace creneau::booking
