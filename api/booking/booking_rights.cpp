#include "api/booking/booking_rights.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/holds/hold_types.hpp"
#include "api/booking/series/series_types.hpp"
#include "api/people/person.hpp"

namespace creneau::booking {

bool owns(const people::Person& person, const Booking& booking) {
    return person.id == booking.booker ||
           (booking.association && person.manages(*booking.association));
}

bool may_see(const people::Person& person, const Booking& booking) {
    return is_office(person) || owns(person, booking);
}

bool may_see(const people::Person& person, const Series& series) {
    return is_office(person) || person.id == series.booker ||
           (series.association && person.manages(*series.association));
}

bool may_see(const people::Person& person, const Claim& claim) {
    return is_office(person) || person.id == claim.booker ||
           (claim.association && person.manages(*claim.association));
}

bool may_hold(const people::Person& person) {
    return is_office(person);
}

bool may_close(const people::Person& person) {
    return is_office(person);
}

bool is_office(const people::Person& person) {
    return person.has(people::Role::office);
}

}  // namespace creneau::booking
