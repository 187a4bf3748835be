#include "door-agent/journal/tables.hpp"

#include "door-agent/journal/chain.hpp"
#include "door-agent/journal/event.hpp"
#include "door-agent/journal/holes.hpp"
#include "policy/badge.hpp"
#include "qr/pass.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <sqlite3.h>

namespace creneau::door::tables {

const std::string_view kSchema = R"(
CREATE TABLE journal (id BLOB NOT NULL, agent TEXT NOT NULL) STRICT;
CREATE TABLE events (
    sequence INTEGER PRIMARY KEY,
    previous BLOB NOT NULL,
    hash BLOB NOT NULL,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    boot_ms INTEGER NOT NULL,
    clock TEXT NOT NULL,
    door TEXT NOT NULL,
    reader TEXT NOT NULL,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,
    pass_id INTEGER,
    revision INTEGER,
    count INTEGER NOT NULL,
    security INTEGER NOT NULL
) STRICT;
CREATE INDEX events_ordinary ON events (sequence) WHERE security = 0;
CREATE TABLE revision_mark (
    pass_id INTEGER PRIMARY KEY, revision INTEGER NOT NULL, ends INTEGER NOT NULL) STRICT;
CREATE TABLE use_mark (
    pass_id INTEGER NOT NULL, door INTEGER NOT NULL, ends INTEGER NOT NULL,
    PRIMARY KEY (pass_id, door)) STRICT, WITHOUT ROWID;
CREATE TABLE revocation (
    pass_id INTEGER PRIMARY KEY, revision INTEGER NOT NULL, ends INTEGER NOT NULL) STRICT;
CREATE TABLE kept_time (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    boot_id TEXT NOT NULL,
    floor INTEGER NOT NULL,
    anchor_wall INTEGER,
    anchor_boot_ms INTEGER,
    synchronised_boot_ms INTEGER,
    generation INTEGER NOT NULL,
    version INTEGER NOT NULL,
    policy_age INTEGER NOT NULL,
    saved_boot_ms INTEGER NOT NULL
) STRICT;
)";

const std::string_view kAcknowledgedSchema = R"(
CREATE TABLE IF NOT EXISTS acknowledged (
    only INTEGER PRIMARY KEY CHECK (only = 1), sequence INTEGER NOT NULL) STRICT;
)";

const std::string_view kRowColumns =
    "sequence, previous, hash, kind, at, boot_ms, clock, door, reader, reason, detail, pass_id, "
    "revision, count";

namespace {

constexpr std::string_view kFullGaps =
    "kind IN ('gap', 'purge') AND kind = 'gap' AND reason = 'full'";

void bind_hash(SQLite::Statement& statement, int at, const Hash& hash) {
    statement.bind(at, hash.data(), static_cast<int>(hash.size()));
}

EventKind kind_of(std::string_view word) {
    for (int i = 0; i <= static_cast<int>(EventKind::purge); ++i) {
        const auto kind = static_cast<EventKind>(i);
        if (name(kind) == word) {
            return kind;
        }
    }
    throw SQLite::Exception("a kind nobody wrote", SQLITE_CORRUPT);
}

std::chrono::sys_seconds instant_of(const SQLite::Column& column) {
    return std::chrono::sys_seconds{std::chrono::seconds{column.getInt64()}};
}

std::int64_t number_of(std::chrono::sys_seconds instant) {
    return instant.time_since_epoch().count();
}

/// Deletes the rows that `where` names, the last parameter being `through`, and writes the holes
/// down.
void remove_rows(SQLite::Database& database, const std::string& where, std::int64_t through) {
    std::vector<Hole> runs;
    SQLite::Statement query(
        database, "SELECT sequence, previous, hash FROM events WHERE " + where + " ORDER BY 1");
    query.bind(1, through);
    while (query.executeStep()) {
        const auto sequence = query.getColumn(0).getInt64();
        const Hole row{sequence, sequence, hash_in(query.getColumn(1)),
                       hash_in(query.getColumn(2))};
        const bool goes_on =
            !runs.empty() && runs.back().last + 1 == sequence && runs.back().after == row.before;
        if (!goes_on) {
            runs.push_back(row);
            continue;
        }
        runs.back().last = row.last;
        runs.back().after = row.after;
    }
    SQLite::Statement gone(database, "DELETE FROM events WHERE " + where);
    gone.bind(1, through);
    gone.exec();
    for (const Hole& run : runs) {
        add_hole(database, run);
    }
}

Range range_of(SQLite::Statement& query) {
    return {query.getColumn(0).getInt64(), query.getColumn(1).getInt64(),
            query.getColumn(2).getInt64()};
}

}  // namespace

std::int64_t load_acknowledged(const SQLite::Database& database) {
    SQLite::Statement query(database, "SELECT sequence FROM acknowledged");
    return query.executeStep() ? query.getColumn(0).getInt64() : 0;
}

void store_acknowledged(SQLite::Database& database, std::int64_t sequence) {
    SQLite::Statement write(database, "REPLACE INTO acknowledged (only, sequence) VALUES (1, ?)");
    write.bind(1, sequence);
    write.exec();
}

std::int64_t count_after(const SQLite::Database& database, std::int64_t sequence) {
    SQLite::Statement query(database, "SELECT count(*) FROM events WHERE sequence > ?");
    query.bind(1, sequence);
    query.executeStep();
    return query.getColumn(0).getInt64();
}

void insert_row(SQLite::Database& database, const Row& row) {
    SQLite::Statement insert(database,
                             "INSERT INTO events (sequence, previous, hash, kind, at, boot_ms, "
                             "clock, door, reader, reason, detail, pass_id, revision, count, "
                             "security) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    const Event& event = row.event;
    insert.bind(1, row.sequence);
    bind_hash(insert, 2, row.previous);
    bind_hash(insert, 3, row.hash);
    insert.bind(4, std::string(name(event.kind)));
    insert.bind(5, number_of(event.at));
    insert.bind(6, static_cast<std::int64_t>(event.boot.count()));
    insert.bind(7, event.clock);
    insert.bind(8, event.door);
    insert.bind(9, event.reader);
    insert.bind(10, event.reason);
    insert.bind(11, event.detail);
    if (event.pass) {
        insert.bind(12, static_cast<std::int64_t>(event.pass->pass_id));
        insert.bind(13, static_cast<std::int64_t>(event.pass->revision));
    } else if (event.badge) {
        // A badge has no revision: that tells the two apart.
        insert.bind(12, static_cast<std::int64_t>(*event.badge));
    }
    insert.bind(14, event.count);
    insert.bind(15, static_cast<std::int64_t>(is_security(event.kind) ? 1 : 0));
    insert.exec();
}

Row row_of(SQLite::Statement& query) {
    Row row;
    row.sequence = query.getColumn(0).getInt64();
    row.previous = hash_in(query.getColumn(1));
    row.hash = hash_in(query.getColumn(2));
    Event& event = row.event;
    event.kind = kind_of(query.getColumn(3).getString());
    event.at = instant_of(query.getColumn(4));
    event.boot = BootTime{query.getColumn(5).getInt64()};
    event.clock = query.getColumn(6).getString();
    event.door = query.getColumn(7).getString();
    event.reader = query.getColumn(8).getString();
    event.reason = query.getColumn(9).getString();
    event.detail = query.getColumn(10).getString();
    if (!query.getColumn(11).isNull() && query.getColumn(12).isNull()) {
        event.badge = static_cast<policy::BadgeRef>(query.getColumn(11).getInt64());
    } else if (!query.getColumn(11).isNull()) {
        event.pass = PassMark{static_cast<qr::PassId>(query.getColumn(11).getInt64()),
                              static_cast<std::uint8_t>(query.getColumn(12).getInt())};
    }
    event.count = query.getColumn(13).getInt64();
    return row;
}

std::string text_of(const Range& range) {
    return fmt::format("sequence {} to {}", range.from, range.through);
}

std::optional<Range> range_from(std::string_view text) {
    constexpr std::string_view kHead = "sequence ";
    constexpr std::string_view kMiddle = " to ";
    const auto middle = text.find(kMiddle);
    if (!text.starts_with(kHead) || middle == std::string_view::npos) {
        return std::nullopt;
    }
    const auto from = text.substr(kHead.size(), middle - kHead.size());
    const auto rest = text.substr(middle + kMiddle.size());
    const auto through = rest.substr(0, rest.find(';'));
    Range range;
    const auto first = std::from_chars(from.begin(), from.end(), range.from);
    const auto last = std::from_chars(through.begin(), through.end(), range.through);
    if (first.ptr != from.end() || last.ptr != through.end()) {
        return std::nullopt;
    }
    return range;
}

std::optional<Range> drop_oldest(SQLite::Database& database, std::int64_t count) {
    for (const auto* where : {"security = 0", "1"}) {
        SQLite::Statement query(
            database, fmt::format("SELECT min(sequence), max(sequence), count(*) FROM (SELECT "
                                  "sequence FROM events WHERE {} ORDER BY sequence LIMIT ?)",
                                  where));
        query.bind(1, count);
        if (query.executeStep() && query.getColumn(2).getInt64() > 0) {
            const Range range = range_of(query);
            remove_rows(database, fmt::format("{} AND sequence <= ?", where), range.through);
            return range;
        }
    }
    return std::nullopt;
}

FoldedGaps fold_gaps(SQLite::Database& database) {
    FoldedGaps folded;
    SQLite::Statement query(database,
                            fmt::format("SELECT sequence, detail, count FROM events WHERE {} "
                                        "ORDER BY sequence",
                                        kFullGaps));
    while (query.executeStep()) {
        const auto range = range_from(query.getColumn(1).getString());
        const auto from = range ? range->from : query.getColumn(0).getInt64();
        folded.told.from = folded.rows == 0 ? from : std::min(folded.told.from, from);
        // The gap row's own place becomes part of the hole.
        folded.told.through = query.getColumn(0).getInt64();
        folded.told.count += query.getColumn(2).getInt64();
        ++folded.rows;
    }
    if (folded.rows > 0) {
        remove_rows(database, fmt::format("{} AND sequence <= ?", kFullGaps), folded.told.through);
    }
    return folded;
}

std::optional<Range> drop_through(SQLite::Database& database, std::int64_t last,
                                  std::int64_t count) {
    SQLite::Statement query(database,
                            "SELECT min(sequence), max(sequence), count(*) FROM (SELECT sequence "
                            "FROM events WHERE sequence <= ? ORDER BY sequence LIMIT ?)");
    query.bind(1, last);
    query.bind(2, count);
    if (!query.executeStep() || query.getColumn(2).getInt64() == 0) {
        return std::nullopt;
    }
    const Range range = range_of(query);
    remove_rows(database, "sequence <= ?", range.through);
    return range;
}

std::optional<Range> drop_before(SQLite::Database& database, const Span& span) {
    SQLite::Statement last(
        database,
        "SELECT max(sequence) FROM events WHERE clock IN ('trusted', 'holdover') AND at < ?1 AND "
        "sequence <= ?3 AND sequence < coalesce((SELECT min(sequence) FROM events WHERE clock IN "
        "('trusted', 'holdover') AND at BETWEEN ?1 AND ?2), 9223372036854775807)");
    last.bind(1, number_of(span.before));
    last.bind(2, number_of(span.now));
    last.bind(3, span.last);
    if (!last.executeStep() || last.getColumn(0).isNull()) {
        return std::nullopt;
    }
    const auto through = last.getColumn(0).getInt64();
    SQLite::Statement query(
        database, "SELECT min(sequence), max(sequence), count(*) FROM events WHERE sequence <= ?");
    query.bind(1, through);
    query.executeStep();
    const Range range = range_of(query);
    remove_rows(database, "sequence <= ?", through);
    return range;
}

}  // namespace creneau::door::tables
