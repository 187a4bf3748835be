#pragma once

#include "door-agent/journal/chain.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>

namespace creneau::door::tables {

/// "1998 rows gone in 3 holes, sealed <64 hexadecimal digits>", the digits of holes_hash(). A
/// chained row that carries it vouches for each row still there at that time: one less, or one
/// changed beside a hole, and the seal is another. Empty without holes.
[[nodiscard]] std::string seal_of(const std::vector<Hole>& holes);

/// The seal in the detail of a row that tells of removals; absent on one from before there were
/// seals.
[[nodiscard]] std::optional<std::string_view> seal_in(std::string_view detail);

/// Rows that are gone, in all.
[[nodiscard]] std::int64_t rows_in(const std::vector<Hole>& holes);

/// Every hole of the journal, ascending.
[[nodiscard]] std::vector<Hole> load_holes(const SQLite::Database& database);

/// Writes down that `hole` was made: one with its neighbours where the chain went on between them,
/// else beside them, so that a chain that was broken there never reads as intact again.
void add_hole(SQLite::Database& database, Hole hole);

/// Throws as if SQLite itself had found the damage.
void demand(bool sound, const char* what);

/// The hash that a column holds.
[[nodiscard]] Hash hash_in(const SQLite::Column& column);

/// The table and the index that holes need.
extern const std::string_view kHoleSchema;

}  // namespace creneau::door::tables
