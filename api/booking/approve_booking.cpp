#include "api/booking/approve_booking.hpp"

#include "api/booking/affair.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_rules.hpp"
#include "api/booking/booking_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/change.hpp"
#include "api/booking/check_wish.hpp"
#include "api/booking/effects.hpp"
#include "api/booking/holds/expire_holds.hpp"
#include "api/booking/obstacles.hpp"
#include "api/mail/facts.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace creneau::booking {

namespace {

/// What blocked already keeps its slot, though the room was closed around it since.
Spot spot_of(const Affair& affair) {
    return {affair.booking.room, affair.booking.slot.at, affair.place.room.pending_blocks};
}

}  // namespace

Outcome<Approval> approve_untold(store::Session& session, const Change& change) {
    auto affair = open_affair(session, change);
    if (!affair) {
        return tl::unexpected(affair.error());
    }
    if (!is_office(affair->actor)) {
        return refuse(Refusal::not_allowed);
    }
    release_expired(session, change.town, change.now);
    const Booking before = affair->booking;
    if (before.status != Status::pending) {
        return refuse(Refusal::wrong_state);
    }
    if (before.slot.at.end <= change.now) {
        return refuse(Refusal::ended);
    }
    auto failures = check_reason(change.override_reason);
    if (change.override_reason.empty()) {
        failures = check_soft(session, change.town, before, affair->place.rules, change.now);
    }
    auto in_the_way =
        check_obstacles(session, change.town, spot_of(*affair), {change.now, before.id});
    std::ranges::move(in_the_way, std::back_inserter(failures));
    if (!failures.empty()) {
        return refuse(std::move(failures));
    }
    Booking& booking = affair->booking;
    booking.status = Status::approved;
    booking.decided_at = change.now;
    booking.decided_by = change.actor;
    ++booking.sequence;
    if (!update_booking(session, change.town, before, booking)) {
        return refuse(Refusal::wrong_state);
    }
    // Deleted first: whether a pending booking had occupied is a setting that may have changed.
    delete_occupancies(session, change.town, booking.id);
    if (!insert_occupancies(session, change.town, booking)) {
        return refuse({room_taken()});
    }
    record(session, *affair, "booking_approved");
    record_override(session, *affair, change.override_reason);
    auto pass = open_doors(session, *affair);
    return Approval{*std::move(affair), pass};
}

Outcome<Booking> approve_booking(store::Session& session, const Change& change) {
    const auto approval = approve_untold(session, change);
    if (!approval) {
        return tl::unexpected(approval.error());
    }
    tell_booker(session, approval->affair, {mail::Template::booking_approved, approval->pass, {}});
    return approval->affair.booking;
}

}  // namespace creneau::booking
