#pragma once

#include "api/store/session.hpp"

#include <string>

#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

namespace creneau::store {

/// The driver's own handle under a session of that engine; for api/store only.
sqlite_api::sqlite3* sqlite_handle(const Session& session);
PGconn* postgresql_handle(const Session& session);

/// Run several statements in one call, which soci::session cannot; throw SOCI's exceptions.
void sqlite_execute(const Session& session, const std::string& statements);
void postgresql_execute(const Session& session, const std::string& statements);

}  // namespace creneau::store
