#include "api/store/doctor_checks.hpp"

#include "api/store/migrator.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <iterator>
#include <string>
#include <tuple>
#include <vector>

#include <soci/soci.h>

namespace creneau::store {
namespace {

constexpr std::uintmax_t kLeastFreeBytes = 256U << 20U;

long long count(Session& session, const std::string& query) {
    long long number = 0;
    session.sql() << query, soci::into(number);
    return number;
}

std::string text(Session& session, const std::string& query) {
    std::string value;
    session.sql() << query, soci::into(value);
    return value;
}

Finding none_of(long long number, const std::string& what) {
    return {number == 0, number == 0 ? "no " + what : std::to_string(number) + " " + what};
}

std::vector<std::string> objects(Session& session) {
    std::vector<std::string> rows;
    std::string row;
    soci::statement statement =
        (session.sql().prepare << "SELECT type || ' ' || name || ': ' || coalesce(sql, '') "
                                  "FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
                                  "ORDER BY 1",
         soci::into(row));
    for (bool more = statement.execute(true); more; more = statement.fetch()) {
        rows.push_back(row);
    }
    return rows;
}

/// What the migrations make of an empty database, against what is there.
Finding compare_objects(Session& session) {
    Session fresh({Engine::sqlite, ":memory:"}, OpenMode::read_write);
    migrate(fresh, std::chrono::sys_seconds{});
    const auto expected = objects(fresh);
    const auto found = objects(session);
    std::vector<std::string> differing;
    std::set_symmetric_difference(expected.begin(), expected.end(), found.begin(), found.end(),
                                  std::back_inserter(differing));
    if (differing.empty()) {
        return {true, ""};
    }
    const std::string& first = differing.front();
    return {false, "not as the migrations made it: " + first.substr(0, first.find(':'))};
}

struct Row {
    long long space_id = 0;
    long long start_at = 0;
    long long end_at = 0;
};

std::vector<Row> occupancies(Session& session) {
    std::vector<Row> rows;
    Row row;
    soci::statement statement =
        (session.sql().prepare << "SELECT space_id, start_at, end_at FROM occupancies",
         soci::into(row.space_id), soci::into(row.start_at), soci::into(row.end_at));
    for (bool more = statement.execute(true); more; more = statement.fetch()) {
        rows.push_back(row);
    }
    return rows;
}

const char* const kOccupying =
    "(b.status = 'approved' OR (b.status = 'pending' AND r.pending_blocks = 1))";

const char* const kOfItsSource = "o.source_kind = t.source_kind AND o.source_id = t.source_id";

/// Orders of a `kind` of source that occupies, of which nothing is taken.
long long orders_not_taken(Session& session, const std::string& kind) {
    const std::string source = "source_kind = '" + kind + "' AND source_id = q." + kind + "_id";
    return count(session, "SELECT count(*) FROM " + kind +
                              "_equipment q WHERE EXISTS (SELECT 1 FROM occupancies WHERE " +
                              source + ") AND NOT EXISTS (SELECT 1 FROM equipment_takings WHERE " +
                              source + " AND equipment_id = q.equipment_id)");
}

}  // namespace

Finding check_integrity(Session& session, const Database&) {
    if (session.engine() == Engine::postgresql) {
        return none_of(count(session, "SELECT count(*) FROM pg_index WHERE NOT indisvalid"),
                       "invalid indexes");
    }
    const std::string verdict = text(session, "PRAGMA integrity_check(1)");
    return {verdict == "ok", verdict == "ok" ? "every page is sound" : verdict};
}

Finding check_references(Session& session, const Database&) {
    if (session.engine() == Engine::postgresql) {
        return none_of(count(session, "SELECT count(*) FROM pg_constraint WHERE NOT convalidated"),
                       "constraints that are not enforced on every row");
    }
    return none_of(count(session, "SELECT count(*) FROM pragma_foreign_key_check"),
                   "dangling references");
}

Finding check_schema(Session& session, const Database&) {
    const SchemaReport report = schema_state(session);
    if (report.state != SchemaState::current) {
        return {false, report.detail};
    }
    if (session.engine() == Engine::sqlite) {
        const Finding compared = compare_objects(session);
        return compared.healthy ? Finding{true, report.detail} : compared;
    }
    const bool excluded = count(session,
                                "SELECT count(*) FROM pg_constraint WHERE contype = 'x' "
                                "AND conname = 'occupancies_no_overlap'") == 1;
    return {excluded, excluded ? report.detail : "the constraint against overlaps is missing"};
}

Finding check_overlaps(Session& session, const Database&) {
    auto rows = occupancies(session);
    std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
        return std::tie(a.space_id, a.start_at) < std::tie(b.space_id, b.start_at);
    });
    long long overlapping = 0;
    Row reach;  // of the rows so far, the one that ends last on this space
    for (const Row& row : rows) {
        if (row.space_id == reach.space_id && row.start_at < reach.end_at) {
            ++overlapping;
        }
        if (row.space_id != reach.space_id || row.end_at > reach.end_at) {
            reach = row;
        }
    }
    Finding finding = none_of(overlapping, "occupancies that overlap an earlier one");
    finding.detail += " among " + std::to_string(rows.size());
    return finding;
}

Finding check_occupancies(Session& session, const Database&) {
    const long long missing = count(
        session, std::string("SELECT count(*) FROM bookings b JOIN rooms r ON r.id = b.room_id "
                             "JOIN room_spaces s ON s.room_id = r.id WHERE ") +
                     kOccupying +
                     " AND NOT EXISTS (SELECT 1 FROM occupancies o "
                     "WHERE o.space_id = s.space_id AND o.start_at = b.start_at "
                     "AND o.end_at = b.end_at AND o.source_kind = 'booking' "
                     "AND o.source_id = b.id)");
    const long long extra =
        count(session, std::string("SELECT count(*) FROM occupancies o "
                                   "WHERE o.source_kind = 'booking' AND NOT EXISTS "
                                   "(SELECT 1 FROM bookings b JOIN rooms r ON r.id = b.room_id "
                                   "JOIN room_spaces s ON s.room_id = r.id "
                                   "AND s.space_id = o.space_id WHERE b.id = o.source_id "
                                   "AND b.start_at = o.start_at AND b.end_at = o.end_at AND ") +
                           kOccupying + ")");
    const long long closed =
        count(session,
              "SELECT count(*) FROM occupancies o WHERE o.source_kind = 'closure' AND NOT EXISTS "
              "(SELECT 1 FROM closures c JOIN closure_spaces k ON k.closure_id = c.id "
              "WHERE c.id = o.source_id AND c.removed_at IS NULL AND k.space_id = o.space_id "
              "AND c.start_at <= o.start_at AND o.end_at <= c.end_at)");
    const long long held =
        count(session,
              "SELECT (SELECT count(*) FROM occupancies o WHERE o.source_kind = 'hold' AND NOT "
              "EXISTS (SELECT 1 FROM holds h WHERE h.id = o.source_id AND h.status = 'held' "
              "AND h.start_at = o.start_at AND h.end_at = o.end_at "
              "AND h.expires_at = o.expires_at)) + "
              "(SELECT count(*) FROM holds h JOIN room_spaces s ON s.room_id = h.room_id "
              "WHERE h.status = 'held' AND NOT EXISTS (SELECT 1 FROM occupancies o "
              "WHERE o.source_kind = 'hold' AND o.source_id = h.id "
              "AND o.space_id = s.space_id))");
    return {missing == 0 && extra == 0 && closed == 0 && held == 0,
            std::to_string(missing) + " missing, " + std::to_string(extra) +
                " without a booking, " + std::to_string(closed) + " without a closure, " +
                std::to_string(held) + " unlike their holds"};
}

Finding check_equipment(Session& session, const Database&) {
    const long long missing =
        orders_not_taken(session, "booking") + orders_not_taken(session, "hold");
    const long long extra =
        count(session, std::string("SELECT count(*) FROM equipment_takings t WHERE NOT EXISTS "
                                   "(SELECT 1 FROM occupancies o WHERE ") +
                           kOfItsSource + ")");
    const long long unlike = count(
        session, std::string("SELECT count(*) FROM equipment_takings t WHERE EXISTS "
                             "(SELECT 1 FROM occupancies o WHERE ") +
                     kOfItsSource +
                     " AND (t.start_at > o.start_at OR t.end_at < o.end_at "
                     "OR EXISTS (SELECT 1 FROM equipment_takings e "
                     "WHERE e.source_kind = t.source_kind AND e.source_id = t.source_id "
                     "AND e.equipment_id = t.equipment_id AND e.start_at < t.start_at) "
                     "OR coalesce(t.expires_at, 0) <> coalesce(o.expires_at, 0) "
                     "OR t.quantity <> coalesce(CASE t.source_kind WHEN 'booking' THEN "
                     "(SELECT q.quantity FROM booking_equipment q WHERE q.booking_id = t.source_id "
                     "AND q.equipment_id = t.equipment_id) ELSE "
                     "(SELECT q.quantity FROM hold_equipment q WHERE q.hold_id = t.source_id "
                     "AND q.equipment_id = t.equipment_id) END, 0)))");
    return {missing == 0 && extra == 0 && unlike == 0,
            std::to_string(missing) + " missing, " + std::to_string(extra) +
                " without an occupancy, " + std::to_string(unlike) +
                " unlike their bookings and holds"};
}

Finding check_doors(Session& session, const Database&) {
    // The margins that a room may have are minutes; a day is far off and needs no second truth.
    const long long windows =
        count(session,
              "SELECT count(*) FROM access_windows w LEFT JOIN bookings b ON b.id = w.source_id "
              "WHERE w.source_kind = 'booking' AND (b.id IS NULL OR b.status <> 'approved' "
              "OR w.start_at < b.start_at - 86400 OR w.end_at > b.end_at + 86400)");
    const long long credentials =
        count(session,
              "SELECT count(*) FROM credentials c JOIN passes p ON p.id = c.pass_row_id "
              "JOIN bookings b ON b.id = p.booking_id WHERE c.revoked_at IS NULL "
              "AND (b.status <> 'approved' OR c.not_before < b.start_at - 86400 "
              "OR c.not_before + 60 * c.duration_min > b.end_at + 86400)");
    return {windows == 0 && credentials == 0, std::to_string(windows) + " windows and " +
                                                  std::to_string(credentials) +
                                                  " living passes without an approved booking"};
}

Finding check_durability(Session& session, const Database&) {
    const std::string mode =
        text(session, session.engine() == Engine::sqlite ? "PRAGMA journal_mode" : "SHOW fsync");
    const bool healthy = mode == (session.engine() == Engine::sqlite ? "wal" : "on");
    return {healthy, (session.engine() == Engine::sqlite ? "journal_mode " : "fsync ") + mode};
}

Finding check_free_disk(Session& session, const Database& database) {
    if (session.engine() == Engine::postgresql) {
        return {true, "not examined: on the database server"};
    }
    const auto folder = std::filesystem::absolute(database.location).parent_path();
    const auto free = std::filesystem::space(folder).available;
    return {free >= kLeastFreeBytes, std::to_string(free >> 20U) + " MiB free in " +
                                         folder.string() + ", at least " +
                                         std::to_string(kLeastFreeBytes >> 20U) + " wanted"};
}

Finding check_outbox(Session& session, const Database&) {
    return none_of(count(session, "SELECT count(*) FROM outbox WHERE state = 'dead'"),
                   "mails given up");
}

Finding check_audit(Session& session, const Database&) {
    const long long gaps =
        count(session,
              "SELECT count(*) FROM audit_seals s WHERE s.number > 1 AND NOT EXISTS "
              "(SELECT 1 FROM audit_seals p WHERE p.town_id = s.town_id AND p.log = s.log "
              "AND p.number = s.number - 1)");
    const std::string last =
        text(session, "SELECT coalesce(max(day), '') FROM audit_seals WHERE number > 0");
    return {gaps == 0, (last.empty() ? "no day is sealed yet" : "sealed until " + last) +
                           (gaps == 0 ? "" : ", " + std::to_string(gaps) + " seals missing")};
}

}  // namespace creneau::store
