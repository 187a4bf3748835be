#pragma once

#include "api/store/session.hpp"

#include <filesystem>

namespace creneau::store {

/// Writes a consistent copy of a database in use. SQLite: the online backup to a file beside
/// `file`, checked, synced, then renamed. PostgreSQL: `pg_dump` in its custom format.
/// The file is readable by its owner only. Refuses to overwrite. Throws StoreError and leaves
/// nothing behind when it fails.
void backup(const Database& database, const std::filesystem::path& file);

/// Puts a backup in the place of an empty database. Refuses a target that holds anything (move it
/// aside first), a file that is damaged, and one whose schema this program does not know; the
/// target is then untouched. No program may use the database meanwhile. Throws StoreError.
void restore(const Database& database, const std::filesystem::path& file);

}  // namespace creneau::store
