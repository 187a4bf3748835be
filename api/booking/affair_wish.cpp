#include "api/booking/affair_wish.hpp"

#include "api/booking/affair.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/check_wish.hpp"
#include "api/booking/equipment/equipment_store.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/people_store.hpp"
#include "api/store/session.hpp"

namespace creneau::booking {

Wish wish_to_move(store::Session& session, const Affair& affair) {
    const Booking& booking = affair.booking;
    const auto booker = people::find_person(session, affair.town, booking.booker);
    Wish wish;
    wish.town = affair.town;
    wish.room = booking.room;
    wish.slot = booking.slot;
    wish.crowd = {booking.attendees, booking.layout};
    wish.owner = {booking.association, booking.booker};
    wish.actor = affair.actor.id;
    wish.owner_is_staff = booker && people::is_staff(*booker);
    wish.own = booking.id;
    wish.former = booking.slot.at;
    wish.former_room = booking.room;
    wish.leave_notice = affair.place.rules.change.least;
    wish.by_office = is_office(affair.actor, booking.room);
    wish.equipment = orders_of(session, affair.town, booking.id);
    wish.now = affair.now;
    return wish;
}

}  // namespace creneau::booking
