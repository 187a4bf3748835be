#include "door-agent/journal/chain.hpp"
#include "door-agent/journal/event.hpp"
#include "door-agent/journal/holes.hpp"
#include "door-agent/journal/journal.hpp"
#include "door-agent/journal/tables.hpp"
#include "policy/memory.hpp"

#include <algorithm>
#include <cstddef>
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

/// The holes that rows of the first format admit to.
std::vector<Range> named_ranges(const SQLite::Database& database) {
    std::vector<Range> ranges;
    SQLite::Statement query(database,
                            "SELECT detail FROM events WHERE kind IN ('gap', 'purge') ORDER BY 1");
    while (query.executeStep()) {
        if (const auto range = tables::range_from(query.getColumn(0).getString())) {
            ranges.push_back(*range);
        }
    }
    std::ranges::sort(ranges, {}, &Range::from);
    return ranges;
}

bool covered(const std::vector<Range>& ranges, const Hole& hole) {
    auto from = hole.first;
    for (const Range& range : ranges) {
        if (range.from <= from && from <= range.through) {
            from = range.through + 1;
        }
    }
    return from > hole.last;
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

ChainFault missing(const Hole& hole) {
    return {hole.last + 1, fmt::format("rows {} to {} are missing", hole.first, hole.last)};
}

/// One walk over every row: whether each continues the one before, and what was met.
class Walk {
  public:
    Walk(const SQLite::Database& database, JournalCheck& check) : check_(&check) {
        before_.hash = start_of(database);
        auto query = all_rows(database);
        while (!check_->fault && query.executeStep()) {
            meet(tables::row_of(query));
        }
    }

    /// The holes must be those that the latest seal says.
    [[nodiscard]] std::optional<ChainFault> compare_with_seal() const {
        const std::vector<Hole> sealed(holes_.begin(), holes_.begin() + sealed_holes_);
        if (const auto found = tables::seal_of(sealed); found != seal_) {
            return ChainFault{sealed_by_, fmt::format("it says \"{}\", but there are {}", seal_,
                                                      found.empty() ? "none" : found)};
        }
        return std::ssize(holes_) > sealed_holes_ ? std::optional(missing(holes_.at(sealed.size())))
                                                  : std::nullopt;
    }

    [[nodiscard]] const std::vector<Hole>& holes() const { return holes_; }

  private:
    void meet(const tables::Row& row) {
        ++check_->rows;
        const bool next = row.sequence == before_.sequence + 1;
        if (chain_hash(row.previous, row.sequence, row.event) != row.hash) {
            check_->fault = ChainFault{row.sequence, "the row was changed"};
        } else if (next && row.previous != before_.hash) {
            check_->fault = ChainFault{row.sequence, "the row does not continue the one before"};
        } else if (!next) {
            holes_.push_back({before_.sequence + 1, row.sequence - 1, before_.hash, row.previous});
        }
        note_removal(row);
        before_ = row;
    }

    void note_removal(const tables::Row& row) {
        const Event& event = row.event;
        const auto seal = tables::seal_in(event.detail);
        if (!seal || (event.kind != EventKind::gap && event.kind != EventKind::purge)) {
            return;
        }
        seal_ = *seal;
        sealed_by_ = row.sequence;
        sealed_holes_ = std::ssize(holes_);
        if (event.reason == tables::kAdopted) {
            check_->unsealed = event.count;
        }
    }

    JournalCheck* check_;
    tables::Row before_;
    std::vector<Hole> holes_;
    std::string seal_;
    std::int64_t sealed_by_ = 0;
    std::ptrdiff_t sealed_holes_ = 0;
};

std::optional<ChainFault> uncovered(const SQLite::Database& database,
                                    const std::vector<Hole>& holes) {
    const auto ranges = named_ranges(database);
    const auto bare =
        std::ranges::find_if(holes, [&](const Hole& hole) { return !covered(ranges, hole); });
    return bare == holes.end() ? std::nullopt : std::optional(missing(*bare));
}

}  // namespace

JournalCheck check_journal(const std::filesystem::path& file) {
    SQLite::Database database(file.string(), SQLite::OPEN_READONLY);
    JournalCheck check;
    const Walk walk(database, check);
    if (check.fault) {
        return check;
    }
    if (database.execAndGet("PRAGMA user_version").getInt() == tables::kFirstFormat) {
        check.unsealed = tables::rows_in(walk.holes());
        check.fault = uncovered(database, walk.holes());
    } else {
        check.fault = walk.compare_with_seal();
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
