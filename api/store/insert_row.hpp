#pragma once

#include "api/store/column.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include <soci/soci.h>

namespace creneau::store {

/// A value of a nullable column, for *_store.cpp: bind `value` with `there`.
struct Nullable {
    std::int64_t value = 0;
    soci::indicator there = soci::i_null;

    template <class Id>
    [[nodiscard]] static Nullable of(const std::optional<Id>& id) {
        return id ? Nullable{raw(*id), soci::i_ok} : Nullable{};
    }
    [[nodiscard]] static Nullable at(const std::optional<std::chrono::sys_seconds>& instant) {
        return instant ? Nullable{unix_seconds(*instant), soci::i_ok} : Nullable{};
    }
};

/// The id of the row that this connection, to SQLite, inserted last.
[[nodiscard]] std::int64_t last_row_id(Session& session);

/// An INSERT that is prepared once and runs for every row, with what its bound variables hold then.
/// For *_store.cpp; kept by Session::kept where rows come often: SOCI spends as much on making and
/// dropping a statement of many values as SQLite on the row.
class RowInsert {
  public:
    enum class Id : std::uint8_t { wanted, unwanted };

    /// `insert` has no RETURNING: SQLite builds and drops a table for each, which costs as much as
    /// the insert itself. `uses`: soci::use(...) of what lives as long as this. Throws as sql().
    template <class... Uses>
    RowInsert(Session& session, const std::string& insert, Id id, const Uses&... uses)
        : returns_id_(id == Id::wanted && session.engine() == Engine::postgresql),
          wants_id_(id == Id::wanted),
          statement_(session.sql()) {
        (statement_.exchange(uses), ...);
        if (returns_id_) {
            statement_.exchange(soci::into(id_));
        }
        statement_.alloc();
        statement_.prepare(returns_id_ ? insert + " RETURNING id" : insert);
        statement_.define_and_bind();
    }
    RowInsert(const RowInsert&) = delete;
    RowInsert& operator=(const RowInsert&) = delete;

    /// Inserts the row; its id where it is wanted, else 0. `session` is the one it was made from.
    std::int64_t run(Session& session) {
        try {
            statement_.execute(true);
        } catch (...) {
            // SOCI forgets what it took from the variables after a success only: on PostgreSQL a
            // value of the row that failed would stand where the next one has none.
            statement_.undefine_and_bind();
            statement_.define_and_bind();
            throw;
        }
        return wants_id_ && !returns_id_ ? last_row_id(session) : id_;
    }

  private:
    bool returns_id_;
    bool wants_id_;
    std::int64_t id_ = 0;
    soci::statement statement_;
};

/// Inserts one row by `insert` (no RETURNING) with its soci::use(...) values; its id. For
/// *_store.cpp. Throws as sql() does.
template <class... Uses>
[[nodiscard]] std::int64_t insert_row(Session& session, const std::string& insert,
                                      const Uses&... uses) {
    return RowInsert(session, insert, RowInsert::Id::wanted, uses...).run(session);
}

}  // namespace creneau::store
