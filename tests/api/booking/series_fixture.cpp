#include "tests/api/booking/series_fixture.hpp"

namespace creneau::booking {

std::string dates_of(const BookingError& error) {
    std::string dates;
    for (const RefusedDate& refused : error.dates) {
        dates += (dates.empty() ? "" : " ") + refused.date + ':' +
                 codes_of({Refusal::rules, refused.failures, {}, {}});
    }
    return dates;
}

}  // namespace creneau::booking
