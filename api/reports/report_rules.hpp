#pragma once

#include "api/reports/report_types.hpp"

#include <string>
#include <vector>

namespace creneau::reports {

/// "1" (Monday) to "7" of 'YYYY-MM-DD'.
[[nodiscard]] std::string weekday_of(const std::string& date);

/// Rows by date added up by weekday, Monday first; a day without bookings has no row.
[[nodiscard]] std::vector<UsageRow> by_weekday(const std::vector<UsageRow>& by_date);

/// Sums of all rows.
[[nodiscard]] Booked sum_of(const std::vector<UsageRow>& rows);

/// Counts and delays of requests; `month` stays empty.
[[nodiscard]] Requests summed_up(const std::vector<Decided>& requests);

/// How often each ground was given, the most frequent first, then by code.
[[nodiscard]] std::vector<GroundCount> grounds_of(const std::vector<Decided>& requests);

}  // namespace creneau::reports
