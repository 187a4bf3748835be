#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace creneau::documents {

/// Local dates as a recurrence rule with exceptions, for calendar programs that read no lists.
struct DateRule {
    /// RRULE from the first date to the last one, by COUNT: an UNTIL would be in UTC, which
    /// programs get wrong across clock changes. Empty: a list is better.
    std::string rule;
    std::vector<std::chrono::local_days> left_out;  ///< what the rule names and the dates are not
};

/// The weekly rule that names the dates (at least one, in order, each once), unless it would leave
/// out more dates than it names.
[[nodiscard]] DateRule rule_of(const std::vector<std::chrono::local_days>& dates);

}  // namespace creneau::documents
