#include "api/booking/release/release_booking.hpp"

#include "api/access/access_types.hpp"
#include "api/booking/affair.hpp"
#include "api/booking/booking_rules.hpp"
#include "api/booking/booking_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/closures/keep_closed.hpp"
#include "api/booking/effects.hpp"
#include "api/booking/equipment/equipment_store.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/local_time.hpp"
#include "api/booking/release/doubts.hpp"
#include "api/booking/release/release_store.hpp"
#include "api/booking/view_store.hpp"
#include "api/booking/waiting/give_way.hpp"
#include "api/mail/facts.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>
#include <stdexcept>
#include <utility>

namespace creneau::booking {

namespace {

std::chrono::sys_seconds whole_minute(std::chrono::sys_seconds at) {
    return std::chrono::ceil<std::chrono::minutes>(at);
}

bool is_due(const Booking& booking, const Place& place, std::chrono::sys_seconds now) {
    const auto& after = place.rules.release_after;
    return booking.status == Status::approved && after && booking.slot.at.start + *after <= now &&
           whole_minute(now) < booking.slot.at.end;
}

std::optional<Doubt> doubt_in(store::Session& session, TownId town, const Booking& booking,
                              const Place& place, std::chrono::sys_seconds now) {
    if (!place.room.zone) {
        return Doubt::no_doors;
    }
    const auto due =
        booking.slot.at.start + place.rules.release_after.value_or(std::chrono::minutes{});
    return doubt_about(session, {town, booking, *place.room.zone,
                                 window_of(place.room, booking.slot.at).start, due, now});
}

/// Its spaces and equipment until its new end; its equipment with the buffers it had.
void shorten_occupancies(store::Session& session, const Affair& affair, const Slot& before) {
    Place place = affair.place;
    const auto kept = kept_buffers(session, affair.town, affair.booking.id, before.at);
    if (kept) {
        place.rules.setup = kept->setup;
        place.rules.teardown = kept->teardown;
    }
    delete_occupancies(session, affair.town, affair.booking.id);
    if (!insert_occupancies(session, affair.town, affair.booking, place)) {
        throw std::logic_error("a booking cannot have less of what it had");
    }
    const Interval freed{affair.booking.slot.at.end, before.at.end};
    keep_closed(session, affair.town, affair.booking.room, freed, affair.now);
}

}  // namespace

std::optional<Doubt> release_doubt(store::Session& session, TownId town, const Booking& booking,
                                   std::chrono::sys_seconds now) {
    const auto place = store::present(find_place(session, town, booking.room), "room of a booking");
    return doubt_in(session, town, booking, place, now);
}

bool release_booking(store::Session& session, TownId town, BookingId id,
                     std::chrono::sys_seconds now) {
    auto view = store::present(select_view(session, town, id), "booking that nobody came for");
    auto place = store::present(find_place(session, town, view.booking.room), "room of a booking");
    const Booking before = view.booking;
    if (place.room.zone) {
        hold_agents(session, town, *place.room.zone);
    }
    if (!is_due(before, place, now) || doubt_in(session, town, before, place, now)) {
        return false;
    }
    Booking after = before;
    after.slot.at.end = whole_minute(now);
    after.slot.local_end = local_time_of(after.slot.at.end, place.room.time_zone);
    ++after.sequence;
    if (!update_booking(session, town, before, after)) {
        return false;
    }
    insert_release(session, town, before);
    const Affair affair{town,
                        {},
                        std::move(after),
                        std::move(place),
                        std::move(view.booker_name),
                        std::move(view.association_name),
                        now};
    shorten_occupancies(session, affair, before.slot);
    close_doors(session, affair, access::RevokeReason::cancelled);
    record_by_itself(session, affair, "booking_released");
    tell_booker(session, affair,
                {mail::Template::booking_released,
                 {},
                 Former{before.room, affair.place.room.name, before.slot}});
    give_way(session, town, before.room, {affair.booking.slot.at.end, before.slot.at.end}, now);
    return true;
}

}  // namespace creneau::booking
