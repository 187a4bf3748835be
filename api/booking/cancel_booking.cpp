#include "api/booking/cancel_booking.hpp"

#include "api/access/access_types.hpp"
#include "api/booking/affair.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_rules.hpp"
#include "api/booking/booking_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/change.hpp"
#include "api/booking/closures/keep_closed.hpp"
#include "api/booking/effects.hpp"
#include "api/booking/failures.hpp"
#include "api/booking/grounds.hpp"
#include "api/booking/room_rules.hpp"
#include "api/booking/waiting/give_way.hpp"
#include "api/mail/facts.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <utility>

namespace creneau::booking {

namespace {

/// The office may send away who is there: a pass that is in wrong hands must be revocable.
std::optional<Refusal> why_not(const Booking& booking, const people::Person& actor,
                               std::chrono::sys_seconds now) {
    if (booking.status != Status::pending && booking.status != Status::approved) {
        return Refusal::wrong_state;
    }
    if (booking.slot.at.end <= now) {
        return Refusal::ended;
    }
    if (booking.slot.at.start <= now && !is_office(actor, booking.room)) {
        return Refusal::started;
    }
    return std::nullopt;
}

}  // namespace

Outcome<Affair> cancel_untold(store::Session& session, const CancelBooking& cancellation) {
    const Change& change = cancellation.change;
    auto affair = open_affair(session, change);
    if (!affair) {
        return tl::unexpected(affair.error());
    }
    const Booking before = affair->booking;
    if (const auto refusal = why_not(before, affair->actor, change.now)) {
        return refuse(*refusal);
    }
    const std::string ground = cancellation.ground.empty()
                                   ? std::string(cancellation_grounds().front().code)
                                   : cancellation.ground;
    const bool by_office = is_office(affair->actor, before.room);
    auto failures =
        check_ground(cancellation_grounds(), {ground, cancellation.text, by_office, "reason"});
    if (!by_office) {
        const auto notice = affair->place.rules.cancel_least;
        join(failures, check_notice({notice, {}}, before.slot.at.start - change.now));
    }
    if (!failures.empty()) {
        return refuse(std::move(failures));
    }
    Booking& booking = affair->booking;
    booking.status = Status::cancelled;
    booking.ground = ground;
    booking.ground_text = cancellation.text;
    ++booking.sequence;
    if (!update_booking(session, change.town, before, booking)) {
        return refuse(Refusal::wrong_state);
    }
    delete_occupancies(session, change.town, booking.id);
    keep_closed(session, change.town, booking.room, booking.slot.at, change.now);
    close_doors(session, *affair, access::RevokeReason::cancelled);
    record(session, *affair, "booking_cancelled");
    return affair;
}

Outcome<Booking> cancel_booking(store::Session& session, const CancelBooking& cancellation) {
    const auto affair = cancel_untold(session, cancellation);
    if (!affair) {
        return tl::unexpected(affair.error());
    }
    tell_booker(session, *affair, {mail::Template::booking_cancelled, {}, {}});
    give_way(session, *affair);
    return affair->booking;
}

}  // namespace creneau::booking
