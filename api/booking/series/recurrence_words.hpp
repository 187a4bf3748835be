#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/series/calendar_rules.hpp"
#include "api/booking/series/local_date.hpp"
#include "api/booking/series/recurrence.hpp"
#include "api/booking/series/series_types.hpp"

#include <vector>

namespace creneau::booking {

// What a series is told besides the rules of each date: the field and what would pass.

[[nodiscard]] Failure bad_recurrence(RecurrenceError error);
/// The rules speak of a single booking's fields; these are what a series calls them.
void as_fields_of_series(std::vector<Failure>& failures);

/// Listed dates that the series does not reach, by name.
[[nodiscard]] Failure out_of_reach(const std::vector<LocalDate>& dates);
/// Dates to leave out that the series does not name anyway, by name.
[[nodiscard]] Failure not_of_series(const std::vector<LocalDate>& dates);
/// The month has no such day as the first date is: the series leaves it out by itself.
[[nodiscard]] Failure no_such_day(const LocalDate& first);
/// Whether that is why it missed: it is no date of the series at all.
[[nodiscard]] bool lacks_day(const MissedDate& missed);

[[nodiscard]] Failure bad_end_day();
[[nodiscard]] Failure date_left_out();
[[nodiscard]] Failure date_skipped(const SkipReason& reason);
[[nodiscard]] Failure overlaps_itself();
[[nodiscard]] Failure may_not_replace();
[[nodiscard]] Failure bad_scope();
[[nodiscard]] Failure rule_of_one_date();

}  // namespace creneau::booking
