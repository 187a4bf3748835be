#pragma once

#include "api/store/migrator.hpp"

#include <span>

namespace creneau::store {

/// Generated at build time from migrations/sqlite and migrations/postgresql.
std::span<const Migration> sqlite_migrations();
std::span<const Migration> postgresql_migrations();

}  // namespace creneau::store
