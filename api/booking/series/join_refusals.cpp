#include "api/booking/series/join_refusals.hpp"

#include "api/booking/booking_error.hpp"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

namespace creneau::booking {

BookingError joined(std::vector<BookingError> refusals) {
    std::vector<Failure> failures;
    std::vector<RefusedDate> dates;
    for (BookingError& refusal : refusals) {
        if (refusal.failures.empty()) {
            return std::move(refusal);
        }
        for (Failure& failure : refusal.failures) {
            if (std::ranges::find(failures, failure) == failures.end()) {
                failures.push_back(std::move(failure));
            }
        }
        std::ranges::move(refusal.dates, std::back_inserter(dates));
    }
    std::ranges::stable_sort(dates, {}, &RefusedDate::date);
    BookingError all = refuse(std::move(failures)).value();
    all.dates = std::move(dates);
    return all;
}

}  // namespace creneau::booking
