#pragma once

#include "api/booking/series/local_date.hpp"
#include "api/booking/series/recurrence.hpp"

#include <vector>

namespace creneau::booking {

// What people expect of a series and it has not: nothing of it is dropped unsaid.

/// The dates of a rule, and the last days of the months that lack its day. Both in order.
struct RuleDates {
    std::vector<LocalDate> dates;
    std::vector<LocalDate> lacking;
};

/// The dates of a list that the series does not reach: before its first date, after its last one or
/// beyond its count. In order; none of other patterns, and none where the recurrence is wrong.
[[nodiscard]] std::vector<LocalDate> dates_out_of_reach(const Recurrence& recurrence);

/// `dates`, what expand() says, with the months that lack the day of a monthly or yearly series, up
/// to its bound or to the last of its dates.
[[nodiscard]] RuleDates with_lacking(const Recurrence& recurrence, std::vector<LocalDate> dates);

}  // namespace creneau::booking
