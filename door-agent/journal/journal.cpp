#include "door-agent/journal/journal.hpp"

#include "door-agent/journal/batch.hpp"
#include "door-agent/journal/chain.hpp"
#include "door-agent/journal/event.hpp"
#include "door-agent/journal/holes.hpp"
#include "door-agent/journal/tables.hpp"
#include "policy/memory.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sqlite3.h>

namespace creneau::door {
namespace {

namespace fs = std::filesystem;
using tables::demand;

std::unique_ptr<SQLite::Database> connect(const fs::path& file) {
    auto database = std::make_unique<SQLite::Database>(
        file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database->setBusyTimeout(2'000);
    database->exec("PRAGMA journal_mode = WAL");
    database->exec("PRAGMA synchronous = FULL");
    database->exec("PRAGMA cache_size = -256");
    database->exec("PRAGMA wal_autocheckpoint = 200");
    database->exec("PRAGMA journal_size_limit = 1048576");
    return database;
}

bool is_empty(SQLite::Database& database) {
    return database.execAndGet("SELECT count(*) FROM sqlite_schema").getInt() == 0;
}

/// Where the chain was before its first row that is still there.
Hash start_of(SQLite::Database& database, JournalId& id) {
    SQLite::Statement about(database, "SELECT id, agent FROM journal");
    demand(about.executeStep() && about.getColumn(0).getBytes() == static_cast<int>(id.size()),
           "journal without an id");
    const auto* bytes = static_cast<const std::uint8_t*>(about.getColumn(0).getBlob());
    std::copy_n(bytes, id.size(), id.begin());
    return chain_start(id, about.getColumn(1).getString());
}

/// The reason of a purge row about what the town has.
constexpr auto kAcknowledged = "acknowledged";

/// The holes of a journal whose agent did not write them down.
std::vector<Hole> find_holes(SQLite::Database& database, const Hash& start) {
    std::vector<Hole> holes;
    std::int64_t last = 0;
    Hash hash = start;
    SQLite::Statement rows(database, "SELECT sequence, previous, hash FROM events ORDER BY 1");
    while (rows.executeStep()) {
        const auto sequence = rows.getColumn(0).getInt64();
        if (sequence != last + 1) {
            holes.push_back({last + 1, sequence - 1, hash, tables::hash_in(rows.getColumn(1))});
        }
        last = sequence;
        hash = tables::hash_in(rows.getColumn(2));
    }
    return holes;
}

Event gap_like(const Event& like) {
    Event row;
    row.kind = EventKind::gap;
    row.at = like.at;
    row.boot = like.boot;
    row.clock = like.clock;
    row.reason = "full";
    return row;
}

/// What a damaged journal still knows of time and of the policy's order.
std::optional<KeptTime> read_time(const fs::path& file) {
    try {
        const SQLite::Database database(file.string(), SQLite::OPEN_READONLY);
        return tables::load_time(database);
    } catch (const SQLite::Exception&) {
        return std::nullopt;
    }
}

fs::path free_name(const fs::path& file) {
    for (int n = 1;; ++n) {
        fs::path name = file;
        name += fmt::format(".damaged-{}", n);
        if (!fs::exists(name)) {
            return name;
        }
    }
}

}  // namespace

bool means_damage(const std::exception& error) {
    const auto* from_sqlite = dynamic_cast<const SQLite::Exception*>(&error);
    return from_sqlite != nullptr && (from_sqlite->getErrorCode() == SQLITE_CORRUPT ||
                                      from_sqlite->getErrorCode() == SQLITE_NOTADB);
}

Journal::Journal(JournalSettings settings, const Event& first_row)
    : settings_(std::move(settings)) {
    try {
        open(first_row);
    } catch (const SQLite::Exception& error) {
        if (!means_damage(error)) {
            throw;
        }
        begin_again(first_row);
    }
}

Journal::~Journal() = default;

void Journal::open(const Event& first_row) {
    database_ = connect(settings_.file);
    if (is_empty(*database_)) {
        create(first_row);
        return;
    }
    const int format = database_->execAndGet("PRAGMA user_version").getInt();
    demand(format == tables::kFormat || format == tables::kFirstFormat,
           "not a journal of this format");
    demand(database_->execAndGet("PRAGMA quick_check(1)").getString() == "ok", "damaged journal");
    database_->exec(std::string(tables::kAcknowledgedSchema));
    try {
        if (format == tables::kFirstFormat) {
            adopt(first_row);
        }
        load_head();
        expect_sealed();
        static_cast<void>(memory());
    } catch (const SQLite::Exception& error) {
        // A table that is missing or changed is damage too; a disk that fails is not.
        demand(error.getErrorCode() != SQLITE_ERROR, "tables are missing");
        throw;
    }
}

void Journal::create(const Event& first_row) {
    SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
    database_->exec(std::string(tables::kSchema));
    database_->exec(std::string(tables::kAcknowledgedSchema));
    raise_format();
    randombytes_buf(id_.data(), id_.size());
    SQLite::Statement insert(*database_, "INSERT INTO journal (id, agent) VALUES (?, ?)");
    insert.bind(1, id_.data(), static_cast<int>(id_.size()));
    insert.bind(2, settings_.agent);
    insert.exec();
    head_ = {};
    head_.hash = chain_start(id_, settings_.agent);
    append(first_row);
    transaction.commit();
}

void Journal::begin_again(const Event& first_row) {
    database_.reset();
    Batch salvaged;
    salvaged.memory = read_memory(settings_.file);
    salvaged.time = read_time(settings_.file);
    set_aside_ = free_name(settings_.file);
    fs::rename(settings_.file, *set_aside_);
    for (const auto* companion : {"-wal", "-shm"}) {
        std::error_code ignored;
        fs::rename(settings_.file.string() + companion, set_aside_->string() + companion, ignored);
    }
    open(first_row);
    commit(salvaged);
}

void Journal::raise_format() {
    database_->exec(std::string(tables::kHoleSchema));
    database_->exec(fmt::format("PRAGMA user_version = {}", tables::kFormat));
}

/// What an agent of the first format removed was not sealed when it went; it is from here on.
void Journal::adopt(const Event& first_row) {
    SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
    raise_format();
    load_head();
    const auto holes = find_holes(*database_, start_of(*database_, id_));
    if (!holes.empty()) {
        for (const Hole& hole : holes) {
            tables::add_hole(*database_, hole);
        }
        auto row = gap_like(first_row);
        row.reason = tables::kAdopted;
        tell_removal(std::move(row),
                     {holes.front().first, holes.back().last, tables::rows_in(holes)});
    }
    transaction.commit();
}

void Journal::load_head() {
    head_ = {};
    head_.hash = start_of(*database_, id_);
    SQLite::Statement last(*database_, fmt::format("SELECT {} FROM events ORDER BY sequence DESC "
                                                   "LIMIT 1",
                                                   tables::kRowColumns));
    demand(last.executeStep(), "journal without a row");
    const auto row = tables::row_of(last);
    head_.hash = row.hash;
    head_.sequence = row.sequence;
    head_.rows = database_->execAndGet("SELECT count(*) FROM events").getInt64();
    head_.acknowledged = tables::load_acknowledged(*database_);
    count_unsent();
    SQLite::Statement removals(*database_,
                               "SELECT detail FROM events WHERE kind IN ('gap', 'purge') "
                               "ORDER BY sequence DESC");
    while (head_.seal.empty() && removals.executeStep()) {
        const std::string detail = removals.getColumn(0).getString();
        head_.seal = tables::seal_in(detail).value_or("");
    }
}

/// Before rows go: those that went are those the last such row says, or nobody's removal would
/// hide what somebody else took.
void Journal::expect_sealed() {
    demand(tables::seal_of(tables::load_holes(*database_)) == head_.seal,
           "the journal's holes are not those that were sealed");
}

void Journal::tell_removal(Event row, const tables::Range& told) {
    head_.seal = tables::seal_of(tables::load_holes(*database_));
    row.detail = fmt::format("{}; {}", tables::text_of(told), head_.seal);
    row.count = told.count;
    append(row);
}

void Journal::append(const Event& event) {
    tables::Row row{head_.sequence + 1, head_.hash, {}, event};
    row.hash = chain_hash(row.previous, row.sequence, event);
    tables::insert_row(*database_, row);
    head_.hash = row.hash;
    ++head_.sequence;
    ++head_.rows;
    ++head_.unsent;
}

std::int64_t Journal::lacking(std::size_t coming) const {
    return head_.rows + static_cast<std::int64_t>(coming) + 1 - settings_.capacity;
}

/// Nothing is lost with rows that the town has.
void Journal::drop_acknowledged(const Event& like, std::size_t coming) {
    // Not one by one: each removal is a row of its own.
    const auto chunk = std::max({lacking(coming) + 1, settings_.capacity / 100, std::int64_t{10}});
    if (const auto gone = tables::drop_through(*database_, head_.acknowledged, chunk)) {
        head_.rows -= gone->count;
        auto row = gap_like(like);
        row.kind = EventKind::purge;
        row.reason = kAcknowledged;
        tell_removal(std::move(row), *gone);
    }
}

void Journal::count_unsent() {
    head_.unsent = tables::count_after(*database_, head_.acknowledged);
}

void Journal::make_room(const Event& like, std::size_t coming) {
    if (lacking(coming) <= 0) {
        return;
    }
    expect_sealed();
    drop_acknowledged(like, coming);
    if (lacking(coming) <= 0) {
        return;
    }
    const auto chunk = std::max(lacking(coming), settings_.capacity / 100);
    const auto gone = tables::drop_oldest(*database_, chunk);
    if (!gone) {
        return;
    }
    const auto earlier = tables::fold_gaps(*database_);
    head_.rows -= gone->count + earlier.rows;
    tables::Range whole = *gone;
    if (earlier.rows > 0) {
        whole.from = std::min(whole.from, earlier.told.from);
        whole.through = std::max(whole.through, earlier.told.through);
        whole.count += earlier.told.count;
    }
    tell_removal(gap_like(like), whole);
    count_unsent();
}

void Journal::purge(const Purge& purge) {
    expect_sealed();
    if (const auto gone = tables::drop_before(*database_, {purge.before, purge.now})) {
        head_.rows -= gone->count;
        tell_removal(purge.row, *gone);
    }
    const tables::Span sent{purge.acknowledged_before, purge.now, head_.acknowledged};
    if (const auto gone = tables::drop_before(*database_, sent)) {
        head_.rows -= gone->count;
        auto row = purge.row;
        row.reason = kAcknowledged;
        tell_removal(std::move(row), *gone);
    }
    count_unsent();
}

void Journal::note(const Acknowledged& acknowledged) {
    if (acknowledged.journal != id_ || acknowledged.sequence <= head_.acknowledged) {
        return;
    }
    head_.acknowledged = std::min(acknowledged.sequence, head_.sequence);
    tables::store_acknowledged(*database_, head_.acknowledged);
    count_unsent();
}

void Journal::commit(const Batch& batch) {
    const auto head = head_;
    try {
        SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
        write(batch);
        transaction.commit();
    } catch (...) {
        head_ = head;
        throw;
    }
}

void Journal::write(const Batch& batch) {
    if (batch.memory) {
        tables::unite_memory(*database_, *batch.memory);
    }
    if (batch.forget_before) {
        tables::forget_before(*database_, *batch.forget_before);
    }
    for (const auto& changes : batch.changes) {
        tables::apply_changes(*database_, changes);
    }
    for (const auto& use : batch.unused) {
        tables::forget_use(*database_, use);
    }
    if (batch.time) {
        tables::store_time(*database_, *batch.time);
    }
    if (batch.acknowledged) {
        note(*batch.acknowledged);
    }
    if (batch.purge) {
        purge(*batch.purge);
    }
    if (!batch.events.empty()) {
        make_room(batch.events.back(), batch.events.size());
        std::ranges::for_each(batch.events, [this](const Event& event) { append(event); });
    }
}

policy::Memory Journal::memory() const {
    return tables::load_memory(*database_);
}

std::optional<KeptTime> Journal::kept_time() const {
    return tables::load_time(*database_);
}

}  // namespace creneau::door
