#include "api/reports/usage_store.hpp"

#include "api/booking/series/local_date.hpp"
#include "api/reports/report_scope.hpp"
#include "api/reports/report_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::reports {

namespace {

using soci::into;
using soci::use;

struct Grouping {
    const char* key;
    const char* name;
    const char* order;
};

Grouping grouping_of(UsageBy by) {
    switch (by) {
        case UsageBy::room:
            return {"CAST(b.room_id AS TEXT)", "r.name", "4 DESC, 1"};
        case UsageBy::association:
            return {"CAST(COALESCE(b.association_id, 0) AS TEXT)", "COALESCE(a.name, '')",
                    "4 DESC, 1"};
        case UsageBy::kind:
            return {"b.kind", "COALESCE(k.name, '')", "4 DESC, 1"};
        case UsageBy::month:
            return {"SUBSTR(b.local_start, 1, 7)", "''", "1"};
        case UsageBy::weekday:
            break;
    }
    return {"SUBSTR(b.local_start, 1, 10)", "''", "1"};
}

std::int64_t midnight(const booking::LocalDate& date, int days_later) {
    const auto day = std::chrono::sys_days(date) + std::chrono::days(days_later);
    return std::chrono::sys_seconds(day).time_since_epoch().count();
}

}  // namespace

std::vector<UsageRow> select_usage(store::Session& session, const Scope& scope, UsageBy by) {
    const auto town = static_cast<std::int64_t>(scope.town);
    // Instants are no more than a day away from the local dates, in any time zone.
    const std::int64_t first = midnight(scope.period.from, -1);
    const std::int64_t last = midnight(scope.period.to, 1);
    const std::string from = booking::text_of(scope.period.from);
    const std::string to = booking::text_of(scope.period.to);
    const Grouping grouping = grouping_of(by);
    UsageRow row;
    soci::statement statement =
        (session.sql().prepare
             << std::string("SELECT ") + grouping.key + ", " + grouping.name +
                    ", COUNT(*), CAST(SUM(COALESCE(g.booked_until, b.end_at) - b.start_at)"
                    " / 60 AS BIGINT),"
                    " CAST(SUM(b.attendees) AS BIGINT),"
                    " CAST(SUM(CASE WHEN c.booking_id IS NULL THEN 0"
                    " ELSE b.end_at - b.start_at END) / 60 AS BIGINT)"
                    " FROM bookings b JOIN rooms r ON r.id = b.room_id"
                    " LEFT JOIN associations a ON a.id = b.association_id"
                    " LEFT JOIN booking_kinds k ON k.town_id = b.town_id"
                    " AND k.key = b.kind"
                    " LEFT JOIN check_ins c ON c.booking_id = b.id"
                    " AND c.start_at = b.start_at"
                    " LEFT JOIN releases g ON g.booking_id = b.id"
                    " AND g.start_at = b.start_at"
                    " WHERE b.town_id = :town AND b.status = 'approved'"
                    " AND b.start_at >= :first AND b.start_at < :last"
                    " AND b.local_start >= :from AND b.local_start < :to" +
                    rooms_within(scope) + " GROUP BY 1, 2 ORDER BY " + grouping.order,
         use(town), use(first), use(last), use(from), use(to), into(row.key), into(row.name),
         into(row.booked.bookings), into(row.booked.minutes), into(row.booked.attendees),
         into(row.booked.checked_in_minutes));
    statement.execute();
    std::vector<UsageRow> rows;
    while (statement.fetch()) {
        rows.push_back(row);
    }
    return rows;
}

}  // namespace creneau::reports
