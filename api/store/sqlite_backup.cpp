#include "api/store/db_error.hpp"
#include "api/store/engine_backup.hpp"
#include "api/store/files.hpp"
#include "api/store/migrator.hpp"
#include "api/store/native.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <exception>
#include <filesystem>
#include <string>
#include <system_error>

namespace creneau::store {
namespace {

namespace fs = std::filesystem;

/// Makes the database one file, with nothing beside it when the session ends.
void keep_alone(Session& session) {
    int off = 0;
    sqlite_api::sqlite3_file_control(sqlite_handle(session), nullptr, SQLITE_FCNTL_PERSIST_WAL,
                                     &off);
    session.execute("PRAGMA journal_mode=DELETE");
}

/// Copies all pages of one moment of `from` into `to`; writers of `from` go on meanwhile.
void copy_pages(Session& from, Session& to) {
    auto* copy =
        sqlite_api::sqlite3_backup_init(sqlite_handle(to), "main", sqlite_handle(from), "main");
    const int stepped = copy == nullptr ? SQLITE_ERROR : sqlite_api::sqlite3_backup_step(copy, -1);
    if (copy != nullptr) {
        sqlite_api::sqlite3_backup_finish(copy);
    }
    if (stepped != SQLITE_DONE) {
        throw StoreError(std::string("backup: cannot copy: ") +
                         sqlite_api::sqlite3_errstr(stepped));
    }
}

/// Throws when bytes of the last page are missing: SQLite reads them as zeros.
void require_every_page(Session& session, std::uintmax_t size) {
    long long pages = 0;
    long long page_size = 0;
    session.sql() << "SELECT page_count, page_size FROM pragma_page_count, pragma_page_size",
        soci::into(pages), soci::into(page_size);
    if (size != static_cast<std::uintmax_t>(pages * page_size)) {
        throw StoreError("damaged: " + std::to_string(size) + " bytes instead of " +
                         std::to_string(pages * page_size));
    }
}

/// Throws unless the file is a sound database of ours that this program can bring up to date.
void require_sound(const fs::path& file, const std::string& what) {
    try {
        const auto size = fs::file_size(file);
        Session session({Engine::sqlite, file.string()}, OpenMode::read_write);
        keep_alone(session);
        std::string verdict;
        session.sql() << "PRAGMA integrity_check(1)", soci::into(verdict);
        if (verdict != "ok") {
            throw StoreError("damaged: " + verdict);
        }
        require_every_page(session, size);
        long long dangling = 0;
        session.sql() << "SELECT count(*) FROM pragma_foreign_key_check", soci::into(dangling);
        if (dangling != 0) {
            throw StoreError(std::to_string(dangling) + " dangling references");
        }
        const SchemaReport schema = schema_state(session);
        if (schema.version == 0) {
            throw StoreError("not a database of this program");
        }
        if (schema.state == SchemaState::newer || schema.state == SchemaState::changed) {
            throw StoreError(schema.detail);
        }
    } catch (const std::exception& error) {
        throw StoreError(what + ": " + told(error));
    }
}

bool holds_anything(const std::string& path) {
    Session session({Engine::sqlite, path}, OpenMode::read_only);
    long long objects = 0;
    session.sql() << "SELECT count(*) FROM sqlite_master", soci::into(objects);
    return objects != 0;
}

/// Leaves no file where the database is to be; refuses to remove data. An old write-ahead log
/// beside a new database would be played into it.
void clear_place(const std::string& target) {
    if (fs::exists(target) && holds_anything(target)) {
        throw StoreError("restore: " + target + " holds data; move it aside first");
    }
    std::error_code ignored;
    for (const char* const ending : {"-wal", "-journal"}) {
        const std::string beside = target + ending;
        const auto size = fs::file_size(beside, ignored);
        if (!ignored && size > 0 && !fs::exists(target)) {
            throw StoreError("restore: " + beside + " was left behind; move it aside first");
        }
    }
    for (const char* const ending : {"-wal", "-shm", "-journal", ""}) {
        fs::remove(target + ending);
    }
}

}  // namespace

void sqlite_backup(const Database& database, const fs::path& file) {
    require_absent(file);
    Session from(database, OpenMode::read_only);
    PartialFile part(file);
    {
        Session to({Engine::sqlite, part.path().string()}, OpenMode::read_write);
        keep_alone(to);
        copy_pages(from, to);
    }
    require_sound(part.path(), "backup: the copy of " + database.location);
    part.publish();
}

void sqlite_restore(const Database& database, const fs::path& file) {
    const std::string& target = database.location;
    if (fs::exists(target) && holds_anything(target)) {
        throw StoreError("restore: " + target + " holds data; move it aside first");
    }
    if (!fs::is_regular_file(file)) {
        throw StoreError("restore: " + file.string() + ": no such file");
    }
    PartialFile part(target);
    fs::copy_file(file, part.path(), fs::copy_options::overwrite_existing);
    fs::permissions(part.path(), fs::perms::owner_read | fs::perms::owner_write);
    require_sound(part.path(), "restore: " + file.string());
    clear_place(target);
    part.publish();
    const Session writes_ahead(database, OpenMode::read_write);  // as doctor wants to find it
}

}  // namespace creneau::store
