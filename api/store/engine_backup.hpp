#pragma once

#include "api/store/session.hpp"

#include <filesystem>

namespace creneau::store {

// What backup() and restore() do on each engine; their contract is in backup.hpp.
void sqlite_backup(const Database& database, const std::filesystem::path& file);
void sqlite_restore(const Database& database, const std::filesystem::path& file);
void postgresql_backup(const Database& database, const std::filesystem::path& file);
void postgresql_restore(const Database& database, const std::filesystem::path& file);

}  // namespace creneau::store
