#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <typeindex>

namespace soci {
class session;  // NOLINT(readability-identifier-naming): SOCI's own name
}

namespace creneau::store {

enum class Engine : std::uint8_t { sqlite, postgresql };

/// Where a town's data lives: a file path for SQLite, a libpq conninfo for PostgreSQL.
struct Database {
    Engine engine = Engine::sqlite;
    std::string location;
};

enum class OpenMode : std::uint8_t { read_write, read_only };

/// The process cannot do its job with this database: it cannot be opened, its schema is not ours,
/// a backup cannot be written. The text names the place.
class StoreError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// What the connection says about its transaction. `aborted`: PostgreSQL refuses everything but a
/// rollback (to the savepoint). `gone`: the connection died.
enum class TransactionState : std::uint8_t { none, open, aborted, gone };

/// One connection. Move-only; used by one thread at a time.
///
/// SQLite: WAL, synchronous=FULL, foreign keys on, trusted_schema off, 5 s of patience for a lock.
/// PostgreSQL: time zone UTC, search path public, lock timeout 5 s, statement timeout 30 s.
/// `read_only` refuses every write on both engines; a SQLite file must then exist already.
class Session {
  public:
    /// Throws StoreError when the database cannot be opened.
    Session(const Database& database, OpenMode mode);
    ~Session();
    Session(Session&& other) noexcept;
    Session& operator=(Session&& other) noexcept;
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    /// For *_store.cpp. An INSERT that needs its id goes by `insert_row` (insert_row.hpp), which
    /// does what is cheap on either engine.
    soci::session& sql() { return *sql_; }
    Engine engine() const { return engine_; }

    /// Runs one or more statements that take no parameter and whose rows nobody wants.
    /// Throws the same exceptions as sql().
    void execute(const std::string& statements);

    TransactionState transaction_state() const;

    /// The one `Part` of this session, made from it when first asked for and destroyed with it:
    /// what is worth keeping prepared for this connection (RowInsert in insert_row.hpp). A Part may
    /// hold sql() and never the Session, which can be moved.
    template <class Part>
    Part& kept() {
        auto& part = kept_[std::type_index(typeid(Part))];
        if (!part) {
            part = std::make_shared<Part>(*this);
        }
        return *std::static_pointer_cast<Part>(part);
    }

  private:
    Engine engine_;
    std::unique_ptr<soci::session> sql_;
    std::map<std::type_index, std::shared_ptr<void>> kept_;  // after sql_, which they use
};

}  // namespace creneau::store
