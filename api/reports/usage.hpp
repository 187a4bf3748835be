#pragma once

#include "api/booking/booking_error.hpp"
#include "api/people/person.hpp"
#include "api/reports/report_types.hpp"
#include "api/store/session.hpp"

#include <vector>

namespace creneau::reports {

/// More rows are added up under `rest`.
inline constexpr std::size_t kMostUsageRows = 500;

struct Usage {
    std::vector<UsageRow> rows;
    Booked rest;
    Booked total;
};

/// What was booked in a period, of the rooms that the reader decides on as the office. No person is
/// named: individuals are one row. `not_allowed` to who is no office anywhere.
[[nodiscard]] booking::Outcome<Usage> read_usage(store::Session& session,
                                                 const people::Person& reader, Scope scope,
                                                 UsageBy by);

}  // namespace creneau::reports
