#include "api/store/session.hpp"

#include "api/store/db_error.hpp"
#include "api/store/kept_statements.hpp"
#include "api/store/native.hpp"

#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

namespace creneau::store {
namespace {

constexpr int kBusyMilliseconds = 5000;

const KeepingFactory kSqlite;

const char* const kSqlitePragmas =
    "PRAGMA trusted_schema=OFF;"
    "PRAGMA foreign_keys=ON;"
    "PRAGMA recursive_triggers=ON;"
    "PRAGMA temp_store=MEMORY;"
    "PRAGMA synchronous=FULL;";

const char* const kPostgresqlSettings =
    "SET client_min_messages TO warning;"
    "SET client_encoding TO 'UTF8';"
    "SET timezone TO 'UTC';"
    "SET search_path TO public;"
    "SET synchronous_commit TO on;"
    "SET lock_timeout TO '5s';"
    "SET statement_timeout TO '30s';"
    "SET idle_in_transaction_session_timeout TO '60s';";

/// SOCI splits its connect string at spaces and has no way to write a quote inside quotes.
std::string sqlite_connect_string(const std::string& path, OpenMode mode) {
    if (path.empty() || path.find('"') != std::string::npos) {
        throw StoreError("database: the path of a SQLite file is empty or contains a quote");
    }
    return "db=\"" + path + "\"" + (mode == OpenMode::read_only ? " readonly=true" : "");
}

/// A Session belongs to one thread at a time and nobody asks for SQLite's memory figures, so the
/// locks that guard both only cost. SQLite takes such settings before its first use.
void configure_sqlite() {
    static std::once_flag once;
    std::call_once(once, [] {
        sqlite_api::sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
        sqlite_api::sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    });
}

std::unique_ptr<soci::session> connect(const Database& database, OpenMode mode) {
    try {
        switch (database.engine) {
            case Engine::sqlite:
                configure_sqlite();
                return std::make_unique<soci::session>(
                    kSqlite, sqlite_connect_string(database.location, mode));
            case Engine::postgresql:
                return std::make_unique<soci::session>(soci::postgresql, database.location);
        }
    } catch (const soci::soci_error& error) {
        // A conninfo may hold a password: it is not repeated.
        const bool file = database.engine == Engine::sqlite;
        throw StoreError("database: cannot open " + (file ? database.location : "PostgreSQL") +
                         ": " + told(error));
    }
    throw StoreError("database: unknown engine");
}

/// The -wal and -shm files stay when the last connection closes, so that a program that may only
/// read the folder (the signer) can open the database at any time.
void keep_wal_files(sqlite_api::sqlite3* handle) {
    int on = 1;
    sqlite_api::sqlite3_file_control(handle, nullptr, SQLITE_FCNTL_PERSIST_WAL, &on);
}

void configure(Session& session, OpenMode mode) {
    if (session.engine() == Engine::postgresql) {
        session.execute(kPostgresqlSettings);
        if (mode == OpenMode::read_only) {
            session.execute("SET default_transaction_read_only TO on");
        }
        return;
    }
    auto* handle = sqlite_handle(session);
    sqlite_api::sqlite3_extended_result_codes(handle, 1);
    sqlite_api::sqlite3_busy_timeout(handle, kBusyMilliseconds);
    session.execute(kSqlitePragmas);
    if (mode == OpenMode::read_only) {
        session.execute("PRAGMA query_only=ON");
        return;
    }
    session.execute("PRAGMA journal_mode=WAL; PRAGMA journal_size_limit=67108864");
    keep_wal_files(handle);
}

}  // namespace

Session::Session(const Database& database, OpenMode mode)
    : engine_(database.engine), sql_(connect(database, mode)) {
    try {
        configure(*this, mode);
    } catch (const soci::soci_error& error) {
        throw StoreError(std::string("database: cannot be used: ") + told(error));
    }
}

Session::~Session() = default;
Session::Session(Session&& other) noexcept = default;

Session& Session::operator=(Session&& other) noexcept {
    kept_ = std::move(other.kept_);  // before the connection that they use
    engine_ = other.engine_;
    sql_ = std::move(other.sql_);
    return *this;
}

void Session::execute(const std::string& statements) {
    if (engine_ == Engine::postgresql) {
        postgresql_execute(*this, statements);
    } else {
        sqlite_execute(*this, statements);
    }
}

TransactionState Session::transaction_state() const {
    if (engine_ == Engine::sqlite) {
        return sqlite_api::sqlite3_get_autocommit(sqlite_handle(*this)) != 0
                   ? TransactionState::none
                   : TransactionState::open;
    }
    switch (PQtransactionStatus(postgresql_handle(*this))) {
        case PQTRANS_IDLE:
            return TransactionState::none;
        case PQTRANS_ACTIVE:
        case PQTRANS_INTRANS:
            return TransactionState::open;
        case PQTRANS_INERROR:
            return TransactionState::aborted;
        case PQTRANS_UNKNOWN:
            return TransactionState::gone;
    }
    return TransactionState::gone;
}

}  // namespace creneau::store
