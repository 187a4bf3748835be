#include "door-agent/journal/unsent.hpp"

#include "door-agent/journal/batch.hpp"
#include "door-agent/journal/holes.hpp"
#include "door-agent/journal/journal.hpp"
#include "door-agent/journal/tables.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <utility>

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

namespace creneau::door {
namespace {

constexpr int kBusyMs = 500;

UnsentRows rows_in(SQLite::Database& database, const std::optional<Acknowledged>& known,
                   std::size_t most) {
    UnsentRows unsent;
    auto after = tables::load_acknowledged(database);
    SQLite::Statement about(database, "SELECT id FROM journal");
    tables::demand(about.executeStep() &&
                       about.getColumn(0).getBytes() == static_cast<int>(unsent.journal.size()),
                   "journal without an id");
    std::copy_n(static_cast<const std::uint8_t*>(about.getColumn(0).getBlob()),
                unsent.journal.size(), unsent.journal.begin());
    if (known && known->journal == unsent.journal) {
        after = std::max(after, known->sequence);
    }
    SQLite::Statement query(
        database, fmt::format("SELECT {} FROM events WHERE sequence > ? ORDER BY sequence LIMIT ?",
                              tables::kRowColumns));
    query.bind(1, after);
    query.bind(2, static_cast<std::int64_t>(most));
    while (query.executeStep()) {
        auto row = tables::row_of(query);
        unsent.last_hash = row.hash;
        unsent.rows.emplace_back(row.sequence, std::move(row.event));
    }
    return unsent;
}

}  // namespace

std::optional<UnsentRows> read_unsent(const std::filesystem::path& file,
                                      const std::optional<Acknowledged>& known, std::size_t most) {
    try {
        SQLite::Database database(file.string(), SQLite::OPEN_READONLY);
        database.setBusyTimeout(kBusyMs);
        database.exec("BEGIN");  // one snapshot: the file may be another journal a moment later
        auto unsent = rows_in(database, known, most);
        return unsent.rows.empty() ? std::nullopt : std::optional(std::move(unsent));
    } catch (const SQLite::Exception&) {
        return std::nullopt;
    }
}

}  // namespace creneau::door
