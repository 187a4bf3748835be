#include "api/booking/history_store.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/delegations/delegation_types.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::booking {

namespace {

using soci::into;
using soci::use;
using store::raw;

/// Ids of ours are positive: 0 stands for NULL.
std::optional<NamedPerson> named(std::int64_t id, const std::string& name) {
    return id == 0 ? std::nullopt : std::optional(NamedPerson{PersonId{id}, name});
}

}  // namespace

std::vector<HistoryLine> history_of(store::Session& session, TownId town, BookingId booking) {
    const std::int64_t town_id = raw(town);
    const std::int64_t booking_id = raw(booking);
    std::int64_t at = 0;
    std::int64_t by = 0;
    std::int64_t whom = 0;
    std::string by_name;
    std::string whom_name;
    HistoryLine line;
    // "+ 0" keeps SQLite from walking the town's whole chain by audit_chain for the order.
    soci::statement statement =
        (session.sql().prepare
             << "SELECT a.at, a.action, a.ground, COALESCE(a.actor_id, 0), COALESCE(p.name, ''),"
                " COALESCE(a.for_id, 0), COALESCE(f.name, '') FROM audit a"
                " LEFT JOIN people p ON p.id = a.actor_id LEFT JOIN people f ON f.id = a.for_id"
                " WHERE a.subject_kind = 'booking' AND a.subject_id = :booking"
                " AND a.town_id + 0 = :town AND a.log = 'activity' ORDER BY a.id DESC LIMIT " +
                    std::to_string(kLongestHistory),
         use(booking_id), use(town_id), into(at), into(line.action), into(line.ground), into(by),
         into(by_name), into(whom), into(whom_name));
    statement.execute();
    std::vector<HistoryLine> lines;
    while (statement.fetch()) {
        line.at = store::instant(at);
        line.by = named(by, by_name);
        line.for_whom = named(whom, whom_name);
        lines.push_back(line);
    }
    return lines;
}

NamedPerson requester_of(store::Session& session, TownId town, const Booking& booking) {
    const std::int64_t town_id = raw(town);
    const std::int64_t id = raw(booking.requested_by);
    NamedPerson requester{booking.requested_by, {}};
    session.sql() << "SELECT name FROM people WHERE town_id = :town AND id = :id", use(town_id),
        use(id), into(requester.name);
    return requester;
}

}  // namespace creneau::booking
