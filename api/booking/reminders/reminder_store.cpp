#include "api/booking/reminders/reminder_store.hpp"

#include "api/booking/booking_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::booking {

namespace {

using soci::into;
using soci::use;

constexpr auto kMostAtOnce = 50;

// The index bookings_to_remind has the same condition, word for word.
constexpr auto kDue =
    " FROM bookings b WHERE b.town_id = :town AND b.status = 'approved'"
    " AND (b.reminded_for IS NULL OR b.reminded_for <> b.start_at)"
    " AND b.start_at > :now AND b.start_at <= :until"
    " AND NOT EXISTS (SELECT 1 FROM people p WHERE p.id = b.booker_id"
    " AND p.restricted_at IS NOT NULL)";

/// What counts as a reminder when it leaves within the time before the slot.
constexpr auto kTold =
    "SELECT b.id, CASE WHEN COALESCE(b.decided_at, 0) >= b.start_at - :ahead OR EXISTS"
    " (SELECT 1 FROM outbox o WHERE o.booking_id = b.id AND o.state <> 'superseded'"
    " AND o.template IN ('booking_approved', 'booking_moved', 'booking_retimed', 'pass_ready')"
    " AND o.created_at >= b.start_at - :before AND o.created_at <= :today)"
    " THEN 1 ELSE 0 END";

/// Seconds; 0 when the town sends none.
std::int64_t reminder_ahead(store::Session& session, std::int64_t town) {
    std::int64_t ahead = 0;
    session.sql() << "SELECT reminder_ahead_min * 60 FROM towns WHERE id = :town", use(town),
        into(ahead);
    return ahead;
}

}  // namespace

bool has_due_reminder(store::Session& session, TownId town, std::chrono::sys_seconds now) {
    const auto town_id = static_cast<std::int64_t>(town);
    const std::int64_t at = now.time_since_epoch().count();
    const std::int64_t until = at + reminder_ahead(session, town_id);
    std::int64_t id = 0;
    session.sql() << std::string("SELECT b.id") + kDue + " LIMIT 1", use(town_id, "town"),
        use(at, "now"), use(until, "until"), into(id);
    return session.sql().got_data();
}

std::vector<DueReminder> select_due_reminders(store::Session& session, TownId town,
                                              std::chrono::sys_seconds now) {
    const auto town_id = static_cast<std::int64_t>(town);
    const std::int64_t at = now.time_since_epoch().count();
    const std::int64_t ahead = reminder_ahead(session, town_id);
    const std::int64_t until = at + ahead;
    std::int64_t id = 0;
    std::int64_t told = 0;
    soci::statement statement =
        (session.sql().prepare << std::string(kTold) + kDue + " ORDER BY b.start_at, b.id LIMIT " +
                                      std::to_string(kMostAtOnce),
         use(ahead, "ahead"), use(ahead, "before"), use(at, "today"), use(town_id, "town"),
         use(at, "now"), use(until, "until"), into(id), into(told));
    statement.execute();
    std::vector<DueReminder> due;
    while (statement.fetch()) {
        due.push_back({BookingId{id}, told == 1});
    }
    return due;
}

void mark_reminded(store::Session& session, TownId town, BookingId booking) {
    const auto town_id = static_cast<std::int64_t>(town);
    const auto id = static_cast<std::int64_t>(booking);
    session.sql() << "UPDATE bookings SET reminded_for = start_at WHERE town_id = :town"
                     " AND id = :id",
        use(town_id), use(id);
}

}  // namespace creneau::booking
