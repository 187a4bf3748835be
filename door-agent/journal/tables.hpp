#pragma once

#include "door-agent/journal/journal.hpp"

#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include <SQLiteCpp/SQLiteCpp.h>

namespace creneau::door::tables {

/// The statements that make a new journal of the first format. What the second adds is kHoleSchema
/// (journal/holes.hpp).
extern const std::string_view kSchema;
inline constexpr int kFirstFormat = 1;
inline constexpr int kFormat = 2;

/// Up to where the town has the rows: added to journals from before there was an upload.
extern const std::string_view kAcknowledgedSchema;

/// Reading and writing of single tables, inside the caller's transaction.
policy::Memory load_memory(const SQLite::Database& database);
void unite_memory(SQLite::Database& database, const policy::Memory& memory);
void forget_before(SQLite::Database& database, std::chrono::sys_seconds end);
void apply_changes(SQLite::Database& database, const policy::MemoryChanges& changes);
void forget_use(SQLite::Database& database, const policy::UseMark& use);
std::optional<KeptTime> load_time(const SQLite::Database& database);
void store_time(SQLite::Database& database, const KeptTime& time);

std::int64_t load_acknowledged(const SQLite::Database& database);
void store_acknowledged(SQLite::Database& database, std::int64_t sequence);
/// How many rows come after `sequence`.
std::int64_t count_after(const SQLite::Database& database, std::int64_t sequence);

struct Row {
    std::int64_t sequence = 0;
    Hash previous{};
    Hash hash{};
    Event event;
};

void insert_row(SQLite::Database& database, const Row& row);
/// The row `query` stands on; `query` selects kRowColumns.
Row row_of(SQLite::Statement& query);
extern const std::string_view kRowColumns;

/// Rows that went, as a gap or purge row tells them: "sequence 12 to 2011".
struct Range {
    std::int64_t from = 0;
    std::int64_t through = 0;
    std::int64_t count = 0;
};
/// The reason of the gap row that seals what an agent of the first format removed.
inline constexpr std::string_view kAdopted = "adopted";
std::string text_of(const Range& range);
std::optional<Range> range_from(std::string_view text);

/// Deletes the oldest `count` ordinary rows, security rows too when nothing else is left.
std::optional<Range> drop_oldest(SQLite::Database& database, std::int64_t count);
/// Takes the earlier gap rows of a full journal away: what they told together, and how many rows.
struct FoldedGaps {
    Range told;
    std::int64_t rows = 0;
};
FoldedGaps fold_gaps(SQLite::Database& database);
/// Deletes the oldest of the rows up to `last`, at most `count`.
std::optional<Range> drop_through(SQLite::Database& database, std::int64_t last,
                                  std::int64_t count);
/// Which rows are past their retention: see Purge.
struct Span {
    std::chrono::sys_seconds before{};
    std::chrono::sys_seconds now{};
    std::int64_t last = std::numeric_limits<std::int64_t>::max();  ///< none after this one
};
std::optional<Range> drop_before(SQLite::Database& database, const Span& span);

}  // namespace creneau::door::tables
