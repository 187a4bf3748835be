#include "api/reports/decisions_store.hpp"

#include "api/booking/booking_types.hpp"
#include "api/people/ids.hpp"
#include "api/reports/report_scope.hpp"
#include "api/reports/report_types.hpp"
#include "api/store/column.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::reports {

namespace {

using soci::into;
using soci::use;

constexpr std::int64_t kNobody = -1;

}  // namespace

std::vector<Decided> select_decided(store::Session& session, const Scope& scope,
                                    const RequestedIn& instants) {
    const auto town = static_cast<std::int64_t>(scope.town);
    const std::int64_t from = store::unix_seconds(instants.from);
    const std::int64_t to = store::unix_seconds(instants.to);
    Decided row;
    std::string status;
    std::int64_t delay = kNobody;
    soci::statement statement =
        (session.sql().prepare << "SELECT b.requested_at, b.status, b.ground,"
                                  " CASE WHEN b.decided_by_id IS NULL OR b.decided_at IS NULL"
                                  " OR b.status NOT IN ('approved', 'refused') THEN -1"
                                  " ELSE (b.decided_at - b.requested_at) / 60 END"
                                  " FROM bookings b JOIN rooms r ON r.id = b.room_id"
                                  " WHERE b.town_id = :town AND b.requested_at >= :from"
                                  " AND b.requested_at < :to" +
                                      rooms_within(scope) + " ORDER BY b.requested_at, b.id",
         use(town), use(from), use(to), into(row.requested_at), into(status), into(row.ground),
         into(delay));
    statement.execute();
    std::vector<Decided> rows;
    while (statement.fetch()) {
        row.status = store::present(booking::status_of(status), "status of a booking");
        row.delay_min = delay < 0 ? std::nullopt : std::optional(delay);
        rows.push_back(row);
    }
    return rows;
}

std::string select_time_zone(store::Session& session, people::TownId town) {
    const auto id = static_cast<std::int64_t>(town);
    std::string zone;
    session.sql() << "SELECT time_zone FROM towns WHERE id = :town", use(id), into(zone);
    return zone;
}

}  // namespace creneau::reports
