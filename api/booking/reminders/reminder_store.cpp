#include "api/booking/reminders/reminder_store.hpp"

#include "api/booking/booking_types.hpp"
#include "api/store/session.hpp"

#include <algorithm>
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

// The index bookings_to_remind has the same condition, word for word. What is on paper is made so
// much earlier that it is read as long ahead as a mail would be.
constexpr auto kDue =
    " FROM bookings b WHERE b.town_id = :town AND b.status = 'approved'"
    " AND (b.reminded_for IS NULL OR b.reminded_for <> b.start_at)"
    " AND b.start_at > :now AND b.start_at <= :until"
    " AND NOT EXISTS (SELECT 1 FROM people p WHERE p.id = b.booker_id"
    " AND p.restricted_at IS NOT NULL)"
    " AND (b.start_at <= :soon OR EXISTS (SELECT 1 FROM people q WHERE q.id = b.booker_id"
    " AND q.has_email = 0))";

/// With when its reader last heard of it, in what counts as a reminder, and whether on paper.
constexpr auto kHeard =
    "SELECT b.id, b.start_at, COALESCE(b.decided_at, 0), (SELECT COALESCE(MAX(o.created_at), 0)"
    " FROM outbox o WHERE o.booking_id = b.id AND o.state <> 'superseded' AND o.template IN"
    " ('booking_approved', 'booking_moved', 'booking_retimed', 'pass_ready')"
    " AND o.created_at <= :today), (SELECT 1 - r.has_email FROM people r WHERE r.id = b.booker_id)";

/// How long ahead, in seconds, reminders are made; 0 when the town sends none. On paper, who had a
/// letter with the way in since codes leave is written to no more: both would lie in the box
/// together.
struct Ahead {
    std::int64_t mail = 0;
    std::int64_t letter = 0;
    std::int64_t heard_by_letter = 0;
};

Ahead reminder_ahead(store::Session& session, std::int64_t town) {
    Ahead ahead;
    session.sql() << "SELECT reminder_ahead_min * 60, (reminder_ahead_min + letter_ahead_min) * 60,"
                     " (reminder_ahead_min + letter_ahead_min + pass_ahead_min) * 60"
                     " FROM towns WHERE id = :town",
        use(town), into(ahead.mail), into(ahead.letter), into(ahead.heard_by_letter);
    return ahead.mail == 0 ? Ahead{} : ahead;
}

}  // namespace

bool has_due_reminder(store::Session& session, TownId town, std::chrono::sys_seconds now) {
    const auto town_id = static_cast<std::int64_t>(town);
    const std::int64_t at = now.time_since_epoch().count();
    const Ahead ahead = reminder_ahead(session, town_id);
    const std::int64_t soon = at + ahead.mail;
    const std::int64_t until = at + ahead.letter;
    std::int64_t id = 0;
    session.sql() << std::string("SELECT b.id") + kDue + " LIMIT 1", use(town_id, "town"),
        use(at, "now"), use(until, "until"), use(soon, "soon"), into(id);
    return session.sql().got_data();
}

std::vector<DueReminder> select_due_reminders(store::Session& session, TownId town,
                                              std::chrono::sys_seconds now) {
    const auto town_id = static_cast<std::int64_t>(town);
    const std::int64_t at = now.time_since_epoch().count();
    const Ahead ahead = reminder_ahead(session, town_id);
    const std::int64_t soon = at + ahead.mail;
    const std::int64_t until = at + ahead.letter;
    std::int64_t id = 0, start = 0, decided = 0, heard = 0, on_paper = 0;
    soci::statement statement =
        (session.sql().prepare << std::string(kHeard) + kDue + " ORDER BY b.start_at, b.id LIMIT " +
                                      std::to_string(kMostAtOnce),
         use(at, "today"), use(town_id, "town"), use(at, "now"), use(until, "until"),
         use(soon, "soon"), into(id), into(start), into(decided), into(heard), into(on_paper));
    statement.execute();
    std::vector<DueReminder> due;
    while (statement.fetch()) {
        const std::int64_t since = start - (on_paper == 1 ? ahead.heard_by_letter : ahead.mail);
        due.push_back({BookingId{id}, std::max(decided, heard) >= since});
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
