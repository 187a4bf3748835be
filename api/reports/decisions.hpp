#pragma once

#include "api/booking/booking_error.hpp"
#include "api/people/person.hpp"
#include "api/reports/report_types.hpp"
#include "api/store/session.hpp"

#include <vector>

namespace creneau::reports {

struct Decisions {
    Requests all;
    std::vector<Requests> months;  ///< by the month a request came in, those with any
    std::vector<GroundCount> grounds;
};

/// What became of the requests of a period, how long it took, and the grounds that were given; of
/// the rooms that the reader decides on as the office. `not_allowed` to who is no office anywhere.
[[nodiscard]] booking::Outcome<Decisions> read_decisions(store::Session& session,
                                                         const people::Person& reader, Scope scope);

}  // namespace creneau::reports
