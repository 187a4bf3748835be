#pragma once

#include "door-agent/journal/batch.hpp"
#include "door-agent/journal/chain.hpp"
#include "door-agent/journal/event.hpp"
#include "policy/memory.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace SQLite {  // NOLINT(readability-identifier-naming): SQLiteCpp's own name
class Database;
}

namespace creneau::door::tables {
struct Range;
}

namespace creneau::door {

/// How far a journal is filled.
struct JournalLevel {
    std::int64_t last = 0;    ///< sequence of its last row
    std::int64_t unsent = 0;  ///< rows that the town has not acknowledged

    bool operator==(const JournalLevel&) const = default;
};

struct JournalSettings {
    std::filesystem::path file;
    std::string agent;
    std::int64_t capacity = 200'000;  ///< rows; at least 100
};

/// The event log and the memory of one agent in one SQLite file. Rows are chained by hash, each
/// commit is synced to disk. Rows that tell of removals seal every hole the journal has. One thread
/// at a time. Any call throws std::exception (as SQLite::Exception) when the storage fails; nothing
/// of that batch is then kept.
class Journal {
  public:
    /// Opens, or makes a new journal with a random id. A file that is damaged, or not a journal,
    /// is renamed to `<file>.damaged-<n>` with its companions, what it remembered is saved if it
    /// can still be read, and a new journal is begun.
    Journal(JournalSettings settings, const Event& first_row);
    ~Journal();
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;

    /// One transaction; on disk when it returns. A full journal makes room: what the town has goes
    /// first (a `purge` row says which), then the oldest ordinary rows, and a `gap` row says which.
    void commit(const Batch& batch);

    [[nodiscard]] policy::Memory memory() const;
    [[nodiscard]] std::optional<KeptTime> kept_time() const;
    [[nodiscard]] const JournalId& id() const { return id_; }
    /// How far it is filled.
    [[nodiscard]] JournalLevel level() const { return {head_.sequence, head_.unsent}; }

    /// Where the damaged predecessor was put, when there was one.
    [[nodiscard]] const std::optional<std::filesystem::path>& set_aside() const {
        return set_aside_;
    }

  private:
    void open(const Event& first_row);
    void create(const Event& first_row);
    void begin_again(const Event& first_row);
    void load_head();
    void write(const Batch& batch);
    void append(const Event& event);
    void raise_format();
    void adopt(const Event& first_row);
    void expect_sealed();
    void tell_removal(Event row, const tables::Range& told);
    void make_room(const Event& like, std::size_t coming);
    void drop_acknowledged(const Event& like, std::size_t coming);
    [[nodiscard]] std::int64_t lacking(std::size_t coming) const;
    void purge(const Purge& purge);
    void note(const Acknowledged& acknowledged);
    void count_unsent();

    /// Where the journal ends; put back when a transaction fails.
    struct Head {
        Hash hash{};
        std::int64_t sequence = 0;
        std::int64_t rows = 0;
        std::int64_t acknowledged = 0;
        std::int64_t unsent = 0;
        std::string seal;  ///< what the latest row that tells of removals says; empty: nothing went
    };

    JournalSettings settings_;
    std::unique_ptr<SQLite::Database> database_;
    JournalId id_{};
    Head head_;
    std::optional<std::filesystem::path> set_aside_;
};

/// True when `error` says that the file itself is damaged, not that the disk is full or failing.
bool means_damage(const std::exception& error);

/// The first thing wrong with a journal's chain.
struct ChainFault {
    std::int64_t sequence = 0;
    std::string what;
};

struct JournalCheck {
    std::int64_t rows = 0;
    std::optional<ChainFault> fault;
    /// Rows that an agent of the first format removed without a seal: nobody can tell any more
    /// whether all of them were its to remove.
    std::int64_t unsealed = 0;
};

/// Recomputes every hash; the rows that are gone must be exactly those that the latest `gap` or
/// `purge` row sealed. In a journal of the first format it is enough that such rows name the
/// range. Rows cut off at the end are not seen. Opens the file for reading only.
[[nodiscard]] JournalCheck check_journal(const std::filesystem::path& file);

/// What a journal remembers, from a file opened for reading only; absent when it cannot be read.
[[nodiscard]] std::optional<policy::Memory> read_memory(const std::filesystem::path& file);

/// Rows in order, from a file opened for reading only.
[[nodiscard]] std::vector<std::pair<std::int64_t, Event>> read_events(
    const std::filesystem::path& file);

}  // namespace creneau::door
