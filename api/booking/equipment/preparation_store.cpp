#include "api/booking/equipment/preparation_store.hpp"

#include "api/booking/booking_types.hpp"
#include "api/booking/equipment/preparation.hpp"
#include "api/store/column.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::booking {

namespace {

using soci::into;
using soci::use;
using store::instant;

/// A booking with its buffers lasts no longer.
constexpr std::int64_t kLongest = std::int64_t{32} * 24 * 3600;
constexpr std::int64_t kLongestBuffer = std::int64_t{24} * 3600;

struct Columns {
    std::int64_t booking = 0, room = 0, start = 0, end = 0, setup = 0, teardown = 0;
    std::string status;
    Preparation row;

    Preparation read() const {
        Preparation read = row;
        read.booking = BookingId{booking};
        read.room = RoomId{room};
        read.status = store::present(status_of(status), "status of a booking");
        read.slot.at = {instant(start), instant(end)};
        read.with_buffers = {instant(setup), instant(teardown)};
        return read;
    }
};

}  // namespace

std::vector<Preparation> select_preparations(store::Session& session, TownId town, SiteId site,
                                             const Interval& range) {
    const auto town_id = static_cast<std::int64_t>(town);
    const auto site_id = static_cast<std::int64_t>(site);
    const std::int64_t from = range.start.time_since_epoch().count();
    const std::int64_t to = range.end.time_since_epoch().count();
    const std::int64_t first = from - kLongest;
    const std::int64_t last = to + kLongestBuffer;
    Columns columns;
    soci::statement statement =
        (session.sql().prepare
             << "SELECT b.id, b.room_id, r.name, b.status, b.local_start, b.local_end, b.start_at,"
                " b.end_at, b.start_at - 60 * COALESCE(n.setup_min, 0) AS setup_at,"
                " b.end_at + 60 * COALESCE(n.teardown_min, 0), b.attendees,"
                " COALESCE(l.name, ''), COALESCE(a.name, '')"
                " FROM rooms r JOIN bookings b ON b.room_id = r.id"
                " AND b.start_at > :first AND b.start_at < :last"
                " LEFT JOIN room_rules n ON n.room_id = r.id"
                " LEFT JOIN room_layouts l ON l.room_id = r.id AND l.key = b.layout"
                " LEFT JOIN associations a ON a.id = b.association_id"
                " WHERE r.town_id = :town AND r.site_id = :site"
                " AND b.status IN ('pending', 'approved')"
                " AND b.start_at - 60 * COALESCE(n.setup_min, 0) < :to"
                " AND b.end_at + 60 * COALESCE(n.teardown_min, 0) > :from"
                " ORDER BY setup_at, r.name, b.id",
         use(first), use(last), use(town_id), use(site_id), use(to), use(from),
         into(columns.booking), into(columns.room), into(columns.row.room_name),
         into(columns.status), into(columns.row.slot.local_start), into(columns.row.slot.local_end),
         into(columns.start), into(columns.end), into(columns.setup), into(columns.teardown),
         into(columns.row.attendees), into(columns.row.layout_name),
         into(columns.row.association_name));
    statement.execute();
    std::vector<Preparation> found;
    while (statement.fetch()) {
        found.push_back(columns.read());
    }
    return found;
}

}  // namespace creneau::booking
