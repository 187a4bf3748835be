#include "api/booking/release/doubt_store.hpp"

#include "api/access/agents/agent_types.hpp"
#include "api/access/events/event_rules.hpp"
#include "api/booking/booking_rules.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/release/doubts.hpp"
#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include <soci/soci.h>

namespace creneau::booking {

namespace {

using soci::into;
using soci::use;
using store::raw;
using store::unix_seconds;

/// Who was let in, or found a door open, this long before may have let others in since.
constexpr std::chrono::hours kStayed{2};
/// Whose slot ended this long before may be there still, or hold the door for the next.
constexpr std::chrono::hours kHandedOver{1};
/// A request waits up to 40 s, and what nobody signed is counted up to 60 s, before it is told.
constexpr std::chrono::seconds kTold{60};

/// What the questions below are asked of: the booking `w`, its locked doors and their agents.
/// A pass is let in from `skewed_at` by the widest allowance for clocks.
constexpr auto kAbout =
    "WITH w AS (SELECT CAST(:town AS BIGINT) AS town_id, CAST(:zone AS BIGINT) AS zone_id,"
    " CAST(:booking AS BIGINT) AS booking_id, CAST(:from AS BIGINT) AS from_at,"
    " CAST(:start AS BIGINT) AS start_at, CAST(:told AS BIGINT) AS told_at,"
    " CAST(:now AS BIGINT) AS now_at, CAST(:skewed AS BIGINT) AS skewed_at,"
    " CAST(:stayed AS BIGINT) AS stayed_at, CAST(:handed AS BIGINT) AS handed_at,"
    " CAST(:longest AS BIGINT) AS longest_at, CAST(:heard AS BIGINT) AS heard_at),"
    " locked AS (SELECT d.* FROM w JOIN zone_doors z ON z.town_id = w.town_id"
    " AND z.zone_id = w.zone_id JOIN doors d ON d.id = z.door_id AND d.town_id = z.town_id"
    " WHERE d.locked = 1),"
    " agents AS (SELECT a.* FROM w JOIN door_agents a ON a.town_id = w.town_id"
    " WHERE a.id IN (SELECT agent_id FROM locked)) ";

/// Counts what speaks against it that nobody came.
struct Question {
    Doubt doubt;
    const char* counted;
};

constexpr std::array kQuestions{
    Question{Doubt::no_doors,
             "SELECT COUNT(*) FROM w WHERE NOT EXISTS (SELECT 1 FROM locked) OR NOT EXISTS"
             " (SELECT 1 FROM access_windows x WHERE x.source_kind = 'booking'"
             " AND x.source_id = w.booking_id AND x.town_id = w.town_id"
             " AND x.zone_id = w.zone_id AND x.start_at = w.from_at)"},
    Question{Doubt::no_way_in,
             "SELECT COUNT(*) FROM w WHERE EXISTS (SELECT 1 FROM passes p JOIN credentials c"
             " ON c.pass_row_id = p.id AND c.town_id = p.town_id WHERE p.town_id = w.town_id"
             " AND p.booking_id = w.booking_id AND c.revoked_at >= w.from_at)"
             " OR (NOT EXISTS (SELECT 1 FROM passes p JOIN credentials c ON c.pass_row_id = p.id"
             " AND c.town_id = p.town_id WHERE p.town_id = w.town_id"
             " AND p.booking_id = w.booking_id AND c.revoked_at IS NULL"
             " AND c.not_before <= w.from_at)"
             " AND NOT EXISTS (SELECT 1 FROM access_windows x JOIN badges g"
             " ON g.town_id = x.town_id AND g.holder_kind = x.holder_kind"
             " AND g.holder_id = x.holder_id WHERE x.source_kind = 'booking'"
             " AND x.source_id = w.booking_id AND x.town_id = w.town_id AND g.state = 'issued'"
             " AND g.from_at <= w.from_at AND (g.until_at IS NULL OR g.until_at > w.now_at)))"},
    Question{Doubt::changed_late,
             "SELECT COUNT(*) FROM w WHERE EXISTS (SELECT 1 FROM audit l"
             " WHERE l.subject_kind = 'booking' AND l.subject_id = w.booking_id"
             " AND l.town_id + 0 = w.town_id AND l.at >= w.start_at)"
             " OR EXISTS (SELECT 1 FROM bookings b WHERE b.id = w.booking_id"
             " AND b.town_id = w.town_id AND COALESCE(b.decided_at, b.requested_at) > w.start_at)"},
    Question{Doubt::door_out,
             "SELECT COUNT(*) FROM w JOIN locked d ON d.town_id = w.town_id LEFT JOIN agents a"
             " ON a.id = d.agent_id WHERE d.enabled = 0 OR d.disabled_at IS NOT NULL"
             " OR a.public_key IS NULL OR a.revoked_at IS NOT NULL OR a.confirmed_at IS NULL"
             " OR a.confirmed_at > w.from_at"},
    Question{Doubt::agent_silent,
             "SELECT COUNT(*) FROM w JOIN agents a ON a.town_id = w.town_id"
             " WHERE a.unbroken_since IS NULL OR a.unbroken_since > w.from_at"
             " OR a.seen_at IS NULL OR a.seen_at < w.told_at OR a.seen_at > w.now_at"
             " OR a.seen_at < w.heard_at OR a.clock <> 'trusted'"},
    // Rows that came are those behind the last one before all that counts: no gap in their numbers.
    // A journal that a newer one replaced and of which every row is past its time says nothing.
    Question{Doubt::rows_missing,
             "SELECT COUNT(*) FROM w JOIN agents a ON a.town_id = w.town_id"
             " WHERE a.journal_unsent <> 0 OR NOT EXISTS (SELECT 1 FROM access_journals j"
             " WHERE j.agent_id = a.id AND j.town_id = a.town_id)"
             " OR EXISTS (SELECT 1 FROM access_journals j WHERE j.agent_id = a.id"
             " AND j.town_id = a.town_id AND (j.id = (SELECT MAX(y.id) FROM access_journals y"
             " WHERE y.agent_id = a.id) OR EXISTS (SELECT 1 FROM access_events x"
             " WHERE x.journal_id = j.id)) AND j.last_sequence <>"
             " COALESCE((SELECT e.sequence FROM access_events e WHERE e.journal_id = j.id"
             " AND e.kept_since < w.stayed_at ORDER BY e.sequence DESC LIMIT 1), 0)"
             " + (SELECT COUNT(*) FROM access_events f WHERE f.journal_id = j.id"
             " AND f.sequence > COALESCE((SELECT e.sequence FROM access_events e"
             " WHERE e.journal_id = j.id AND e.kept_since < w.stayed_at"
             " ORDER BY e.sequence DESC LIMIT 1), 0)))"},
    Question{Doubt::door_used,
             "SELECT COUNT(*) FROM w JOIN access_events e ON e.town_id = w.town_id"
             " AND e.kept_since >= w.stayed_at WHERE (e.door_id IN (SELECT id FROM locked)"
             " AND (e.kind = 'granted' OR e.kept_since >= w.skewed_at))"
             " OR (e.door_id IS NULL AND e.kept_since >= w.skewed_at"
             " AND e.kind NOT IN ('policy_accepted', 'purge')"
             " AND e.journal_id IN (SELECT j.id FROM access_journals j"
             " WHERE j.agent_id IN (SELECT id FROM agents)))"},
    // A slot that was given back is one of which nobody came.
    Question{Doubt::stayed_on,
             "SELECT COUNT(*) FROM w JOIN bookings b ON b.town_id = w.town_id"
             " AND b.status = 'approved' AND b.start_at > w.longest_at"
             " AND b.start_at < w.start_at WHERE b.end_at > w.handed_at AND b.id <> w.booking_id"
             " AND EXISTS (SELECT 1 FROM rooms r JOIN zone_doors z ON z.zone_id = r.access_zone_id"
             " AND z.town_id = r.town_id WHERE r.id = b.room_id AND r.town_id = b.town_id"
             " AND z.door_id IN (SELECT id FROM locked))"
             " AND NOT EXISTS (SELECT 1 FROM releases g WHERE g.booking_id = b.id"
             " AND g.town_id = b.town_id AND g.start_at = b.start_at)"},
    Question{Doubt::door_moved,
             "SELECT COUNT(*) FROM w JOIN locked d ON d.town_id = w.town_id"
             " LEFT JOIN door_phases p ON p.door_id = d.id AND p.town_id = d.town_id"
             " WHERE p.phase IS NULL OR p.phase <> 'locked' OR p.since > w.stayed_at"},
    Question{Doubt::free_access,
             "SELECT COUNT(*) FROM w JOIN hours_ahead h ON h.town_id = w.town_id"
             " AND h.owner_kind = 'door' AND h.owner_id IN (SELECT id FROM locked)"
             " AND h.start_at < w.now_at AND h.end_at > w.stayed_at"},
    Question{Doubt::ordered,
             "SELECT COUNT(*) FROM w JOIN door_commands c ON c.town_id = w.town_id"
             " AND c.door_id IN (SELECT id FROM locked)"
             " AND (c.offered_to >= w.from_at OR c.end_at > w.from_at)"},
    // An alarm is heard of no earlier than it ends.
    Question{Doubt::alarm,
             "SELECT COUNT(*) FROM w WHERE EXISTS (SELECT 1 FROM alarms m"
             " WHERE m.agent_id IN (SELECT id FROM agents) AND m.ended_at IS NULL"
             " AND (m.door_id IS NULL OR m.door_id IN (SELECT id FROM locked)))"
             " OR EXISTS (SELECT 1 FROM alarms n WHERE n.agent_id IN (SELECT id FROM agents)"
             " AND n.heard_at >= w.from_at AND n.ended_at >= w.from_at"
             " AND (n.door_id IS NULL OR n.door_id IN (SELECT id FROM locked)))"},
    Question{Doubt::decided_on_door,
             "SELECT COUNT(*) FROM w WHERE EXISTS (SELECT 1 FROM lockdowns k"
             " WHERE k.town_id = w.town_id AND k.site_id IN (SELECT site_id FROM locked)"
             " AND (k.ended_at IS NULL OR k.ended_at >= w.from_at))"
             " OR EXISTS (SELECT 1 FROM audit l WHERE l.subject_kind = 'door'"
             " AND l.subject_id IN (SELECT id FROM locked) AND l.town_id + 0 = w.town_id"
             " AND l.at >= w.from_at)"},
};

bool speaks_against(store::Session& session, const Proof& proof, const Question& question) {
    const std::int64_t town = raw(proof.town);
    const std::int64_t zone = raw(proof.zone);
    const std::int64_t booking = raw(proof.booking.id);
    const std::int64_t from = unix_seconds(proof.from);
    const std::int64_t start = unix_seconds(proof.booking.slot.at.start);
    const std::int64_t told = unix_seconds(proof.due + kTold);
    const std::int64_t now = unix_seconds(proof.now);
    const std::int64_t skewed = unix_seconds(proof.from - access::kClockAllowance);
    const std::int64_t stayed = unix_seconds(proof.from - kStayed);
    const std::int64_t handed = unix_seconds(proof.from - kHandedOver);
    const std::int64_t longest = unix_seconds(proof.from - kHandedOver - kLongestBooking);
    const std::int64_t heard = unix_seconds(proof.now - access::kAgentSilence);
    std::int64_t count = 0;
    session.sql() << std::string(kAbout) + question.counted, use(town), use(zone), use(booking),
        use(from), use(start), use(told), use(now), use(skewed), use(stayed), use(handed),
        use(longest), use(heard), into(count);
    return count > 0;
}

}  // namespace

std::optional<Doubt> select_doubt(store::Session& session, const Proof& proof) {
    for (const Question& question : kQuestions) {
        if (speaks_against(session, proof, question)) {
            return question.doubt;
        }
    }
    return std::nullopt;
}

}  // namespace creneau::booking
