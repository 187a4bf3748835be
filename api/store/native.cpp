#include "api/store/native.hpp"

#include "api/store/insert_row.hpp"
#include "api/store/kept_statements.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace creneau::store {
namespace {

soci::details::session_backend* backend(const Session& session) {
    return const_cast<Session&>(session).sql().get_backend();
}

}  // namespace

sqlite_api::sqlite3* sqlite_handle(const Session& session) {
    return static_cast<KeepingSession*>(backend(session))->handle();
}

std::int64_t last_row_id(Session& session) {
    return sqlite_api::sqlite3_last_insert_rowid(sqlite_handle(session));
}

PGconn* postgresql_handle(const Session& session) {
    return static_cast<soci::postgresql_session_backend*>(backend(session))->conn_;
}

void sqlite_execute(const Session& session, const std::string& statements) {
    auto* handle = sqlite_handle(session);
    const int code =
        sqlite_api::sqlite3_exec(handle, statements.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) {
        throw soci::sqlite3_soci_error(sqlite_api::sqlite3_errmsg(handle), code);
    }
}

void postgresql_execute(const Session& session, const std::string& statements) {
    auto* handle = postgresql_handle(session);
    const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(handle, statements.c_str()),
                                                               &PQclear);
    const auto status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY) {
        const char* sqlstate = PQresultErrorField(result.get(), PG_DIAG_SQLSTATE);
        throw soci::postgresql_soci_error(PQerrorMessage(handle),
                                          sqlstate != nullptr ? sqlstate : "08006");
    }
}

}  // namespace creneau::store
