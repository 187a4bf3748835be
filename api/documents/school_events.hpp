#pragma once

#include "api/documents/school_calendar.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::documents {

/// One VEVENT of a school calendar, both days included.
struct SchoolEvent {
    std::string summary;
    std::chrono::year_month_day first;
    std::chrono::year_month_day last;
};

/// The events of a file in its order; the first thing that is wrong with it otherwise.
[[nodiscard]] tl::expected<std::vector<SchoolEvent>, SchoolFileError> read_school_events(
    std::string_view file);

}  // namespace creneau::documents
