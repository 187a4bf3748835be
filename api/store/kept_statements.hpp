#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

namespace creneau::store {

/// The compiled statements of one SQLite connection, by their text, so that a text runs again
/// without being compiled again. Keeps the `kKept` used last. Used by the connection's thread.
/// Texts name their columns: a kept one that selects all would show those of its first run.
class KeptStatements {
  public:
    static constexpr std::size_t kKept = 256;

    KeptStatements() = default;
    ~KeptStatements();
    KeptStatements(const KeptStatements&) = delete;
    KeptStatements& operator=(const KeptStatements&) = delete;

    /// The idle statement of that text, now the caller's; null when there is none.
    sqlite_api::sqlite3_stmt* take(const std::string& text);

    /// Takes the statement back, reset and without its values: it holds no lock and no data.
    void give_back(std::string text, sqlite_api::sqlite3_stmt* statement);

  private:
    struct Kept {
        std::string text;
        sqlite_api::sqlite3_stmt* statement;
    };
    std::list<Kept> idle_;  // the one used last first
    std::unordered_map<std::string_view, std::list<Kept>::iterator> by_text_;
};

/// SOCI's SQLite session, whose statements are kept. SOCI compiles every text it is given and
/// does not export its SQLite classes for derivation, so it is wrapped.
class KeepingSession : public soci::details::session_backend {
  public:
    /// Throws soci::soci_error when the file cannot be opened.
    explicit KeepingSession(const soci::connection_parameters& parameters);

    sqlite_api::sqlite3* handle() const { return inner_->conn_; }

    bool is_connected() override { return inner_->is_connected(); }
    void begin() override { inner_->begin(); }
    void commit() override { inner_->commit(); }
    void rollback() override { inner_->rollback(); }
    std::string get_dummy_from_table() const override { return inner_->get_dummy_from_table(); }
    std::string get_backend_name() const override { return inner_->get_backend_name(); }
    soci::details::statement_backend* make_statement_backend() override;
    soci::details::rowid_backend* make_rowid_backend() override;
    soci::details::blob_backend* make_blob_backend() override;

  private:
    std::unique_ptr<soci::sqlite3_session_backend> inner_;
    KeptStatements kept_;  // after inner_: SQLite closes no connection that has statements
};

struct KeepingFactory : soci::backend_factory {
    soci::details::session_backend* make_session(
        const soci::connection_parameters& parameters) const override {
        return new KeepingSession(parameters);
    }
};

}  // namespace creneau::store
