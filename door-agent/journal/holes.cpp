#include "door-agent/journal/holes.hpp"

#include "door-agent/journal/chain.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sqlite3.h>

namespace creneau::door::tables {

const std::string_view kHoleSchema = R"(
CREATE TABLE hole (
    first INTEGER PRIMARY KEY, last INTEGER NOT NULL, before BLOB NOT NULL, after BLOB NOT NULL)
    STRICT;
CREATE INDEX events_removals ON events (sequence) WHERE kind IN ('gap', 'purge');
)";

namespace {

constexpr std::string_view kSealed = ", sealed ";
constexpr std::string_view kSeparator = "; ";

Hole hole_of(SQLite::Statement& query) {
    return {query.getColumn(0).getInt64(), query.getColumn(1).getInt64(),
            hash_in(query.getColumn(2)), hash_in(query.getColumn(3))};
}

/// The hole that `condition` finds.
std::optional<Hole> hole_where(SQLite::Database& database, const char* condition,
                               std::int64_t value) {
    SQLite::Statement query(
        database,
        fmt::format("SELECT first, last, before, after FROM hole WHERE {} LIMIT 1", condition));
    query.bind(1, value);
    return query.executeStep() ? std::optional(hole_of(query)) : std::nullopt;
}

void forget(SQLite::Database& database, const Hole& hole) {
    SQLite::Statement gone(database, "DELETE FROM hole WHERE first = ?");
    gone.bind(1, hole.first);
    gone.exec();
}

}  // namespace

void demand(bool sound, const char* what) {
    if (!sound) {
        throw SQLite::Exception(what, SQLITE_CORRUPT);
    }
}

Hash hash_in(const SQLite::Column& column) {
    Hash hash{};
    demand(column.getBytes() == static_cast<int>(hash.size()), "a hash of another length");
    std::copy_n(static_cast<const std::uint8_t*>(column.getBlob()), hash.size(), hash.begin());
    return hash;
}

std::int64_t rows_in(const std::vector<Hole>& holes) {
    std::int64_t rows = 0;
    for (const Hole& hole : holes) {
        rows += hole.last - hole.first + 1;
    }
    return rows;
}

std::string seal_of(const std::vector<Hole>& holes) {
    if (holes.empty()) {
        return {};
    }
    return fmt::format("{} rows gone in {} holes{}{:02x}", rows_in(holes), holes.size(), kSealed,
                       fmt::join(holes_hash(holes), ""));
}

std::optional<std::string_view> seal_in(std::string_view detail) {
    const auto at = detail.find(kSeparator);
    if (at == std::string_view::npos || detail.find(kSealed, at) == std::string_view::npos) {
        return std::nullopt;
    }
    return detail.substr(at + kSeparator.size());
}

std::vector<Hole> load_holes(const SQLite::Database& database) {
    std::vector<Hole> holes;
    SQLite::Statement query(database, "SELECT first, last, before, after FROM hole ORDER BY first");
    while (query.executeStep()) {
        holes.push_back(hole_of(query));
    }
    return holes;
}

void add_hole(SQLite::Database& database, Hole hole) {
    const auto left = hole_where(database, "first < ? ORDER BY first DESC", hole.first);
    if (left && left->last + 1 == hole.first && left->after == hole.before) {
        forget(database, *left);
        hole.first = left->first;
        hole.before = left->before;
    }
    const auto right = hole_where(database, "first = ?", hole.last + 1);
    if (right && right->before == hole.after) {
        forget(database, *right);
        hole.last = right->last;
        hole.after = right->after;
    }
    SQLite::Statement insert(database,
                             "INSERT INTO hole (first, last, before, after) VALUES (?, ?, ?, ?)");
    insert.bind(1, hole.first);
    insert.bind(2, hole.last);
    insert.bind(3, hole.before.data(), static_cast<int>(hole.before.size()));
    insert.bind(4, hole.after.data(), static_cast<int>(hole.after.size()));
    insert.exec();
}

}  // namespace creneau::door::tables
