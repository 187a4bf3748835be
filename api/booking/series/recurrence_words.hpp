#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/series/calendar_rules.hpp"
#include "api/booking/series/recurrence.hpp"

#include <vector>

namespace creneau::booking {

// What a series is told besides the rules of each date: the field and what would pass.

[[nodiscard]] Failure bad_recurrence(RecurrenceError error);
/// The rules speak of a single booking's fields; these are what a series calls them.
void as_fields_of_series(std::vector<Failure>& failures);

[[nodiscard]] Failure bad_end_day();
[[nodiscard]] Failure date_left_out();
[[nodiscard]] Failure date_skipped(const SkipReason& reason);
[[nodiscard]] Failure overlaps_itself();
[[nodiscard]] Failure may_not_replace();
[[nodiscard]] Failure bad_scope();
[[nodiscard]] Failure rule_of_one_date();

}  // namespace creneau::booking
