#include "door-agent/journal/chain.hpp"
#include "door-agent/journal/event.hpp"
#include "door-agent/journal/journal.hpp"
#include "door-agent/journal/tables.hpp"
#include "policy/memory.hpp"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

namespace creneau::door {
namespace {

using tables::Range;

SQLite::Statement all_rows(const SQLite::Database& database) {
    return {database, fmt::format("SELECT {} FROM events ORDER BY sequence", tables::kRowColumns)};
}

/// The holes that chained rows admit to.
std::vector<Range> known_holes(const SQLite::Database& database) {
    std::vector<Range> holes;
    SQLite::Statement query(database,
                            "SELECT detail FROM events WHERE kind IN ('gap', 'purge') ORDER BY 1");
    while (query.executeStep()) {
        if (const auto range = tables::range_from(query.getColumn(0).getString())) {
            holes.push_back(*range);
        }
    }
    std::ranges::sort(holes, {}, &Range::from);
    return holes;
}

bool covered(const std::vector<Range>& holes, std::int64_t from, std::int64_t through) {
    for (const Range& hole : holes) {
        if (hole.from <= from && from <= hole.through) {
            from = hole.through + 1;
        }
    }
    return from > through;
}

Hash start_of(const SQLite::Database& database) {
    SQLite::Statement about(database, "SELECT id, agent FROM journal");
    JournalId id{};
    if (!about.executeStep() || about.getColumn(0).getBytes() != static_cast<int>(id.size())) {
        return {};
    }
    std::copy_n(static_cast<const std::uint8_t*>(about.getColumn(0).getBlob()), id.size(),
                id.begin());
    return chain_start(id, about.getColumn(1).getString());
}

std::optional<std::string> fault_of(const tables::Row& row, const tables::Row& before,
                                    const std::vector<Range>& holes) {
    if (chain_hash(row.previous, row.sequence, row.event) != row.hash) {
        return "the row was changed";
    }
    if (row.sequence == before.sequence + 1) {
        if (row.previous == before.hash) {
            return std::nullopt;
        }
        return "the row does not continue the one before";
    }
    if (covered(holes, before.sequence + 1, row.sequence - 1)) {
        return std::nullopt;
    }
    return fmt::format("rows {} to {} are missing", before.sequence + 1, row.sequence - 1);
}

}  // namespace

JournalCheck check_journal(const std::filesystem::path& file) {
    const SQLite::Database database(file.string(), SQLite::OPEN_READONLY);
    const auto holes = known_holes(database);
    JournalCheck check;
    tables::Row before;
    before.hash = start_of(database);
    auto query = all_rows(database);
    while (query.executeStep()) {
        const auto row = tables::row_of(query);
        ++check.rows;
        if (const auto what = fault_of(row, before, holes)) {
            check.fault = ChainFault{row.sequence, *what};
            return check;
        }
        before = row;
    }
    return check;
}

std::optional<policy::Memory> read_memory(const std::filesystem::path& file) {
    try {
        const SQLite::Database database(file.string(), SQLite::OPEN_READONLY);
        return tables::load_memory(database);
    } catch (const SQLite::Exception&) {
        return std::nullopt;
    }
}

std::vector<std::pair<std::int64_t, Event>> read_events(const std::filesystem::path& file) {
    const SQLite::Database database(file.string(), SQLite::OPEN_READONLY);
    std::vector<std::pair<std::int64_t, Event>> events;
    auto query = all_rows(database);
    while (query.executeStep()) {
        auto row = tables::row_of(query);
        events.emplace_back(row.sequence, std::move(row.event));
    }
    return events;
}

}  // namespace creneau::door
