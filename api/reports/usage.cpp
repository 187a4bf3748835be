#include "api/reports/usage.hpp"

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/people/person.hpp"
#include "api/reports/report_rules.hpp"
#include "api/reports/report_types.hpp"
#include "api/reports/usage_store.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <cstddef>

namespace creneau::reports {

booking::Outcome<Usage> read_usage(store::Session& session, const people::Person& reader,
                                   Scope scope, UsageBy by) {
    if (!booking::may_read_reports(reader)) {
        return booking::refuse(booking::Refusal::not_allowed);
    }
    if (!booking::is_office(reader)) {
        scope.rooms.emplace(booking::rooms_as_office(reader));
    }
    Usage usage;
    usage.rows = select_usage(session, scope, by);
    if (by == UsageBy::weekday) {
        usage.rows = by_weekday(usage.rows);
    }
    for (UsageRow& row : usage.rows) {
        if (by == UsageBy::association && row.key == "0") {
            row.key.clear();
        }
    }
    usage.total = sum_of(usage.rows);
    const std::size_t shown = std::min(usage.rows.size(), kMostUsageRows);
    usage.rest =
        sum_of({usage.rows.begin() + static_cast<std::ptrdiff_t>(shown), usage.rows.end()});
    usage.rows.resize(shown);
    return usage;
}

}  // namespace creneau::reports
