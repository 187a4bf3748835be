#include "api/booking/series/book_dates.hpp"

#include "api/booking/affair.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rules.hpp"
#include "api/booking/booking_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/cancel_booking.hpp"
#include "api/booking/effects.hpp"
#include "api/booking/equipment/equipment_store.hpp"
#include "api/booking/equipment/equipment_types.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/booking/series/plan_series.hpp"
#include "api/booking/series/series_effects.hpp"
#include "api/booking/series/series_store.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/booking/series/tz_version.hpp"
#include "api/mail/facts.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

// The office's word for a displacement when it gives none.
constexpr auto kDisplaceGround = "service_operation";

Booking booking_of(const Series& series, const RequestSeries& request, const Room& room,
                   const PlannedDate& planned) {
    Booking booking;
    booking.room = series.room;
    booking.association = series.association;
    booking.booker = series.booker;
    booking.requested_by = request.actor;
    booking.status = room.approval_needed && !request.in_round ? Status::pending : Status::approved;
    booking.slot = planned.slot;
    booking.attendees = series.attendees;
    booking.purpose = series.purpose;
    booking.layout = request.layout;
    booking.kind = request.kind;
    booking.requested_at = request.now;
    if (booking.status == Status::approved) {
        booking.decided_at = request.now;
    }
    if (request.in_round) {
        booking.decided_by = request.actor;
    }
    booking.series = series.id;
    booking.series_date = text_of(planned.date);
    booking.tz_version = tz_version();
    return booking;
}

MissedDate missed_of(const PlannedDate& planned) {
    MissedDate missed{text_of(planned.date), planned.slot.local_start, planned.slot.local_end, {}};
    for (const Failure& failure : planned.failures) {
        missed.reasons.push_back(
            {std::string(word_of(failure.rule)), failure.field, failure.detail});
    }
    return missed;
}

/// Whether an earlier date has already made it go: it was in the way of several.
bool is_gone(const std::vector<Affair>& displaced, BookingId booking) {
    return std::ranges::any_of(
        displaced, [booking](const Affair& affair) { return affair.booking.id == booking; });
}

/// Cancels what is in the way of a date, each booker told by the usual mail. What that frees is not
/// offered to anybody before the date is in.
Outcome<void> displace(store::Session& session, const RequestSeries& request,
                       const PlannedDate& planned, std::vector<Affair>& displaced) {
    for (const BookingId booking : planned.displaced) {
        if (is_gone(displaced, booking)) {
            continue;
        }
        CancelBooking order{{request.town, request.actor, booking, {}, request.now},
                            request.displace_ground,
                            request.displace_text};
        if (order.ground.empty()) {
            order.ground = kDisplaceGround;
        }
        auto cancelled = cancel_untold(session, order);
        if (!cancelled) {
            return tl::unexpected(std::move(cancelled).error());
        }
        tell_booker(session, *cancelled, {mail::Template::booking_cancelled, {}, {}});
        displaced.push_back(*std::move(cancelled));
    }
    return {};
}

/// Writes one date. False: somebody has the room, the savepoint is over.
bool book(store::Session& session, Affair& affair, const RequestSeries& request) {
    const std::vector<EquipmentOrder>& equipment = request.equipment;
    affair.booking.id = insert_booking(session, affair.town, affair.booking);
    const auto orders = equipment.empty() ? Orders::none : Orders::maybe;
    if (orders == Orders::maybe) {
        set_orders(session, affair.town, affair.booking.id, equipment);
    }
    if (occupies(affair.booking.status, affair.place.room.pending_blocks) &&
        !insert_occupancies(session, affair.town, affair.booking, affair.place, orders)) {
        return false;
    }
    record(session, affair, "booking_requested");
    if (affair.booking.status == Status::approved) {
        if (request.in_round) {
            record(session, affair, "booking_approved");
        } else {
            record_by_itself(session, affair, "booking_approved");
        }
        announce_pass(session, affair, open_doors(session, affair));
    }
    record_override(session, affair, request.override_reason);
    return true;
}

}  // namespace

Outcome<BookedDates> book_dates(store::Session& session, const Series& series,
                                const RequestSeries& request, const SeriesPlan& plan) {
    BookedDates done;
    done.booked.reserve(plan.dates.size());
    for (const PlannedDate& planned : plan.dates) {
        if (!planned.is_booked()) {
            done.missed.push_back(missed_of(planned));
            insert_missed(session, request.town, series.id, done.missed.back());
            continue;
        }
        if (auto displaced = displace(session, request, planned, done.displaced); !displaced) {
            return tl::unexpected(std::move(displaced).error());
        }
        done.booked.push_back(
            {request.town, plan.actor, booking_of(series, request, plan.place.room, planned),
             plan.place, plan.booker.name, name_of(plan.booker, series.association), request.now});
        if (!book(session, done.booked.back(), request)) {
            return refuse({room_taken()});
        }
    }
    return done;
}

}  // namespace creneau::booking
