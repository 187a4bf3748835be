#include "api/booking/series/request_series.hpp"

#include "api/booking/affair.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rules.hpp"
#include "api/booking/booking_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/cancel_booking.hpp"
#include "api/booking/effects.hpp"
#include "api/booking/equipment/equipment_store.hpp"
#include "api/booking/equipment/equipment_types.hpp"
#include "api/booking/holds/expire_holds.hpp"
#include "api/booking/request_booking.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/booking/series/plan_series.hpp"
#include "api/booking/series/series_effects.hpp"
#include "api/booking/series/series_store.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/booking/series/tz_version.hpp"
#include "api/booking/subscriptions/inform_services.hpp"
#include "api/booking/subscriptions/subscription_types.hpp"
#include "api/booking/waiting/give_way.hpp"
#include "api/mail/facts.hpp"
#include "api/store/session.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace creneau::booking {

namespace {

// The office's word for a displacement when it gives none.
constexpr auto kDisplaceGround = "service_operation";

Series series_of(const RequestSeries& request, const SeriesPlan& plan) {
    Series series;
    series.room = request.room;
    series.association = request.association;
    series.booker = plan.booker.id;
    series.requested_by = request.actor;
    series.recurrence = request.recurrence;
    series.skips = request.skips;
    series.start_time = request.start_time;
    series.end_time = request.end_time;
    series.end_day_offset = request.end_day_offset;
    series.time_zone = plan.place.site.time_zone;
    series.attendees = static_cast<int>(request.attendees);
    series.purpose = request.purpose;
    series.conflicts = request.conflicts;
    series.requested_at = request.now;
    return series;
}

Booking booking_of(const RequestSeries& request, const Series& series, const Room& room,
                   const PlannedDate& planned) {
    Booking booking;
    booking.room = series.room;
    booking.association = series.association;
    booking.booker = series.booker;
    booking.requested_by = series.requested_by;
    booking.status = room.approval_needed && !request.in_round ? Status::pending : Status::approved;
    booking.slot = planned.slot;
    booking.attendees = series.attendees;
    booking.purpose = series.purpose;
    booking.layout = request.layout;
    booking.kind = request.kind;
    booking.requested_at = series.requested_at;
    if (booking.status == Status::approved) {
        booking.decided_at = series.requested_at;
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

/// Cancels what is in the way of a date, each booker told by the usual mail. What that frees is not
/// offered to anybody before the date is in.
Outcome<void> displace(store::Session& session, const RequestSeries& request,
                       const PlannedDate& planned, std::vector<Affair>& displaced) {
    for (const BookingId booking : planned.displaced) {
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
    return true;
}

}  // namespace

Outcome<SeriesId> request_series(store::Session& session, const RequestSeries& request) {
    release_expired(session, request.town, request.now);
    const auto plan = plan_series(session, request);
    if (!plan) {
        return tl::unexpected(plan.error());
    }
    if (auto refusal = refusal_of(*plan, request.conflicts)) {
        return tl::unexpected(*std::move(refusal));
    }
    Series series = series_of(request, *plan);
    series.id = insert_series(session, request.town, series);
    std::vector<Affair> booked;
    booked.reserve(plan->dates.size());
    std::vector<MissedDate> missed;
    std::vector<Affair> displaced;
    for (const PlannedDate& planned : plan->dates) {
        if (!planned.is_booked()) {
            missed.push_back(missed_of(planned));
            insert_missed(session, request.town, series.id, missed.back());
            continue;
        }
        if (auto done = displace(session, request, planned, displaced); !done) {
            return tl::unexpected(std::move(done).error());
        }
        booked.push_back({request.town, plan->actor,
                          booking_of(request, series, plan->place.room, planned), plan->place,
                          plan->booker.name, name_of(plan->booker, request.association),
                          request.now});
        if (!book(session, booked.back(), request)) {
            return refuse({room_taken()});
        }
    }
    record_series(session, booked.front(), "series_requested");
    if (request.in_round) {
        inform_services(session, BookingChange::approved, booked);
    } else {
        const bool approved = booked.front().booking.status == Status::approved;
        tell_booker_of_series(
            session, approved ? mail::Template::series_approved : mail::Template::series_received,
            booked, missed);
    }
    for (const Affair& affair : displaced) {
        give_way(session, affair);
    }
    return series.id;
}

}  // namespace creneau::booking
