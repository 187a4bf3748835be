#pragma once

#include "api/store/session.hpp"

#include <cstdint>
#include <string>

#include <soci/soci.h>

namespace creneau::store {

/// The id of the row that this connection, to SQLite, inserted last.
[[nodiscard]] std::int64_t last_row_id(Session& session);

/// Inserts one row by `insert` (no RETURNING) with its soci::use(...) values; its id. For
/// *_store.cpp. SQLite builds and drops a table for each RETURNING, which costs as much as the
/// insert itself. Throws as sql() does.
template <class... Uses>
[[nodiscard]] std::int64_t insert_row(Session& session, const std::string& insert,
                                      const Uses&... uses) {
    const bool asks = session.engine() == Engine::postgresql;
    std::int64_t id = 0;
    soci::statement statement(session.sql());
    (statement.exchange(uses), ...);
    if (asks) {
        statement.exchange(soci::into(id));
    }
    statement.alloc();
    statement.prepare(asks ? insert + " RETURNING id" : insert);
    statement.define_and_bind();
    statement.execute(true);
    return asks ? id : last_row_id(session);
}

}  // namespace creneau::store
