#include "door-agent/journal/journal.hpp"

#include "door-agent/journal/chain.hpp"
#include "door-agent/journal/event.hpp"
#include "door-agent/journal/tables.hpp"
#include "policy/memory.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sqlite3.h>

namespace creneau::door {
namespace {

namespace fs = std::filesystem;

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

/// Throws as if SQLite itself had found the damage.
void demand(bool sound, const char* what) {
    if (!sound) {
        throw SQLite::Exception(what, SQLITE_CORRUPT);
    }
}

Event about(Event row, const tables::Range& range) {
    row.detail = tables::text_of(range);
    row.count = range.count;
    return row;
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
    demand(database_->execAndGet("PRAGMA user_version").getInt() == tables::kFormat,
           "not a journal of this format");
    demand(database_->execAndGet("PRAGMA quick_check(1)").getString() == "ok", "damaged journal");
    try {
        load_head();
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
    randombytes_buf(id_.data(), id_.size());
    SQLite::Statement insert(*database_, "INSERT INTO journal (id, agent) VALUES (?, ?)");
    insert.bind(1, id_.data(), static_cast<int>(id_.size()));
    insert.bind(2, settings_.agent);
    insert.exec();
    head_ = chain_start(id_, settings_.agent);
    sequence_ = 0;
    rows_ = 0;
    append(first_row);
    transaction.commit();
}

void Journal::begin_again(const Event& first_row) {
    database_.reset();
    const auto salvaged = read_memory(settings_.file);
    set_aside_ = free_name(settings_.file);
    fs::rename(settings_.file, *set_aside_);
    for (const auto* companion : {"-wal", "-shm"}) {
        std::error_code ignored;
        fs::rename(settings_.file.string() + companion, set_aside_->string() + companion, ignored);
    }
    open(first_row);
    if (salvaged) {
        Batch batch;
        batch.memory = *salvaged;
        commit(batch);
    }
}

void Journal::load_head() {
    SQLite::Statement about(*database_, "SELECT id, agent FROM journal");
    demand(about.executeStep() && about.getColumn(0).getBytes() == static_cast<int>(id_.size()),
           "journal without an id");
    const auto* bytes = static_cast<const std::uint8_t*>(about.getColumn(0).getBlob());
    std::copy_n(bytes, id_.size(), id_.begin());
    head_ = chain_start(id_, about.getColumn(1).getString());
    SQLite::Statement last(*database_, fmt::format("SELECT {} FROM events ORDER BY sequence DESC "
                                                   "LIMIT 1",
                                                   tables::kRowColumns));
    demand(last.executeStep(), "journal without a row");
    const auto row = tables::row_of(last);
    head_ = row.hash;
    sequence_ = row.sequence;
    rows_ = database_->execAndGet("SELECT count(*) FROM events").getInt64();
}

void Journal::append(const Event& event) {
    tables::Row row{sequence_ + 1, head_, {}, event};
    row.hash = chain_hash(row.previous, row.sequence, event);
    tables::insert_row(*database_, row);
    head_ = row.hash;
    ++sequence_;
    ++rows_;
}

void Journal::make_room(const Event& like, std::size_t coming) {
    const auto wanted = rows_ + static_cast<std::int64_t>(coming) + 1 - settings_.capacity;
    if (wanted <= 0) {
        return;
    }
    const auto chunk = std::max(wanted, settings_.capacity / 100);
    const auto gone = tables::drop_oldest(*database_, chunk);
    if (!gone) {
        return;
    }
    const auto earlier = tables::fold_gaps(*database_);
    rows_ -= gone->count + earlier.rows;
    tables::Range whole = *gone;
    if (earlier.rows > 0) {
        whole.from = std::min(whole.from, earlier.told.from);
        whole.through = std::max(whole.through, earlier.told.through);
        whole.count += earlier.told.count;
    }
    append(about(gap_like(like), whole));
}

void Journal::purge(const Purge& purge) {
    if (const auto gone = tables::drop_before(*database_, purge.before, purge.now)) {
        rows_ -= gone->count;
        append(about(purge.row, *gone));
    }
}

void Journal::commit(const Batch& batch) {
    const auto head = head_;
    const auto sequence = sequence_;
    const auto rows = rows_;
    try {
        SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
        write(batch);
        transaction.commit();
    } catch (...) {
        head_ = head;
        sequence_ = sequence;
        rows_ = rows;
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
    if (batch.time) {
        tables::store_time(*database_, *batch.time);
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
