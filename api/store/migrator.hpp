#pragma once

#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::store {

/// One forward step of the schema; never edited once merged.
struct Migration {
    std::int64_t version = 0;
    std::string_view name;  // the file's name without its number and ending
    std::string_view sql;
};

/// The migrations of the migrations/ folder, in order, as they were when the program was built.
std::span<const Migration> embedded_migrations(Engine engine);

/// current: all applied. behind: some are to be applied (an empty database too). newer: the
/// database holds a migration that this program does not know. changed: an applied migration is
/// not the one of this program.
enum class SchemaState : std::uint8_t { current, behind, newer, changed };

struct SchemaReport {
    SchemaState state = SchemaState::behind;
    std::int64_t version = 0;  // highest applied, 0 for none
    std::string detail;        // one line for people
};

/// A row of schema_migrations.
struct AppliedMigration {
    std::int64_t version = 0;
    std::string name;
    std::string checksum;  // BLAKE2b-256 of the SQL, hexadecimal
};

/// What is to be said of a database where `applied` has been done, in order of version.
SchemaReport compare(const std::vector<AppliedMigration>& applied,
                     std::span<const Migration> known);

/// Reads only.
SchemaReport schema_state(Session& session);
SchemaReport schema_state(Session& session, std::span<const Migration> known);

/// Applies what is missing, each migration in a transaction of its own, and returns the versions
/// applied now. Two processes may migrate at once. Throws StoreError for a database that is newer
/// or changed (and then writes nothing), or when a migration fails (its transaction is undone).
std::vector<std::int64_t> migrate(Session& session, std::chrono::sys_seconds now);
std::vector<std::int64_t> migrate(Session& session, std::span<const Migration> known,
                                  std::chrono::sys_seconds now);

/// Throws StoreError unless the schema is current. For programs that serve.
void require_current_schema(Session& session);

}  // namespace creneau::store
