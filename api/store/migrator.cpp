#include "api/store/migrator.hpp"

#include "api/store/db_error.hpp"
#include "api/store/locks.hpp"
#include "api/store/migrations.hpp"
#include "api/store/session.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <soci/soci.h>
#include <sodium.h>

namespace creneau::store {
namespace {

/// BLAKE2b-256 of the SQL text, in hexadecimal.
std::string checksum_of(std::string_view sql) {
    std::array<unsigned char, crypto_generichash_BYTES> digest{};
    crypto_generichash(digest.data(), digest.size(),
                       reinterpret_cast<const unsigned char*>(sql.data()), sql.size(), nullptr, 0);
    std::string hex(2 * digest.size() + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
    hex.pop_back();
    return hex;
}

bool has_history(Session& session) {
    int count = 0;
    session.sql() << (session.engine() == Engine::sqlite
                          ? "SELECT count(*) FROM sqlite_master "
                            "WHERE type = 'table' AND name = 'schema_migrations'"
                          : "SELECT count(*) FROM information_schema.tables "
                            "WHERE table_schema = 'public' AND table_name = 'schema_migrations'"),
        soci::into(count);
    return count != 0;
}

std::vector<AppliedMigration> history(Session& session) {
    std::vector<AppliedMigration> rows;
    if (!has_history(session)) {
        return rows;
    }
    AppliedMigration row;
    long long version = 0;
    soci::statement statement =
        (session.sql().prepare
             << "SELECT version, name, checksum FROM schema_migrations ORDER BY version",
         soci::into(version), soci::into(row.name), soci::into(row.checksum));
    for (bool more = statement.execute(true); more; more = statement.fetch()) {
        row.version = version;
        rows.push_back(row);
    }
    return rows;
}

void begin(Session& session) {
    if (session.engine() == Engine::sqlite) {
        session.execute("BEGIN IMMEDIATE");
        return;
    }
    // A migration may rewrite a large table.
    session.execute("BEGIN; SET LOCAL statement_timeout TO 0");
    lock_town(session, std::nullopt);
}

void apply(Session& session, const Migration& migration, std::chrono::sys_seconds now) {
    if (!has_history(session)) {
        session.execute(
            "CREATE TABLE schema_migrations (version BIGINT PRIMARY KEY, name TEXT NOT NULL, "
            "checksum TEXT NOT NULL, applied_at BIGINT NOT NULL)");
    }
    session.execute(std::string(migration.sql));
    if (session.transaction_state() != TransactionState::open) {
        throw StoreError("it ended the transaction it runs in");
    }
    const long long version = migration.version;
    const std::string name(migration.name);
    const std::string checksum = checksum_of(migration.sql);
    const long long applied_at = now.time_since_epoch().count();
    session.sql() << "INSERT INTO schema_migrations (version, name, checksum, applied_at) "
                     "VALUES (:version, :name, :checksum, :applied_at)",
        soci::use(version), soci::use(name), soci::use(checksum), soci::use(applied_at);
}

void roll_back(Session& session) noexcept {
    try {
        if (session.transaction_state() != TransactionState::none) {
            session.execute("ROLLBACK");
        }
    } catch (...) {  // NOLINT(bugprone-empty-catch): the first error is the one to tell
    }
}

/// Applies the next migration that is missing; nullopt when there is none.
std::optional<std::int64_t> step(Session& session, std::span<const Migration> known,
                                 std::chrono::sys_seconds now) {
    begin(session);
    const auto applied = history(session);
    const SchemaReport report = compare(applied, known);
    if (report.state == SchemaState::newer || report.state == SchemaState::changed) {
        throw StoreError("migrate: " + report.detail);
    }
    if (report.state == SchemaState::current) {
        session.execute("ROLLBACK");
        return std::nullopt;
    }
    const Migration& next = known[applied.size()];
    try {
        apply(session, next, now);
        session.execute("COMMIT");
    } catch (const std::exception& error) {
        throw StoreError("migrate: migration " + std::to_string(next.version) + " (" +
                         std::string(next.name) + ") failed and was undone: " + told(error));
    }
    return next.version;
}

}  // namespace

SchemaReport compare(const std::vector<AppliedMigration>& applied,
                     std::span<const Migration> known) {
    SchemaReport report;
    report.version = applied.empty() ? 0 : applied.back().version;
    const std::string at = "schema version " + std::to_string(report.version);
    const auto say = [&at](const std::string& which, const char* what) {
        return at + ": " + which + what;
    };
    for (std::size_t i = 0; i < applied.size(); ++i) {
        const std::string which =
            "migration " + std::to_string(applied[i].version) + " (" + applied[i].name + ")";
        if (i >= known.size()) {
            return {SchemaState::newer, report.version,
                    say(which, " is unknown to this program, which is older")};
        }
        if (applied[i].version != known[i].version ||
            applied[i].checksum != checksum_of(known[i].sql)) {
            return {SchemaState::changed, report.version,
                    say(which, " is not the one of this program")};
        }
    }
    report.state = applied.size() == known.size() ? SchemaState::current : SchemaState::behind;
    report.detail = at + (report.state == SchemaState::current
                              ? ", current"
                              : ", " + std::to_string(known.size() - applied.size()) +
                                    " migration(s) to apply");
    return report;
}

std::span<const Migration> embedded_migrations(Engine engine) {
    return engine == Engine::sqlite ? sqlite_migrations() : postgresql_migrations();
}

SchemaReport schema_state(Session& session) {
    return schema_state(session, embedded_migrations(session.engine()));
}

SchemaReport schema_state(Session& session, std::span<const Migration> known) {
    return compare(history(session), known);
}

std::vector<std::int64_t> migrate(Session& session, std::chrono::sys_seconds now) {
    return migrate(session, embedded_migrations(session.engine()), now);
}

std::vector<std::int64_t> migrate(Session& session, std::span<const Migration> known,
                                  std::chrono::sys_seconds now) {
    std::vector<std::int64_t> versions;
    try {
        while (const auto version = step(session, known, now)) {
            versions.push_back(*version);
        }
    } catch (...) {
        roll_back(session);
        throw;
    }
    return versions;
}

void require_current_schema(Session& session) {
    const SchemaReport report = schema_state(session);
    if (report.state != SchemaState::current) {
        throw StoreError("database: " + report.detail + "; run `creneau-api migrate`");
    }
}

}  // namespace creneau::store
