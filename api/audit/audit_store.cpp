#include "api/audit/audit_store.hpp"

#include "api/store/column.hpp"
#include "api/store/insert_row.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <string>

#include <soci/soci.h>

namespace creneau::audit {

namespace {

using soci::use;
using store::Nullable;
using store::raw;
using store::RowInsert;
using store::unix_seconds;

/// Every booking writes a line: its insert is kept prepared, its values are the members.
struct LineInsert {
    std::int64_t town = 0, at = 0, subject = 0;
    Nullable actor, for_whom;
    std::string action, kind, ground;
    RowInsert insert;

    explicit LineInsert(store::Session& session)
        : insert(session,
                 "INSERT INTO audit (town_id, at, actor_id, for_id, action, subject_kind,"
                 " subject_id, ground) VALUES (:town, :at, :actor, :whom, :action, :kind,"
                 " :subject, :ground)",
                 RowInsert::Id::unwanted, use(town), use(at), use(actor.value, actor.there),
                 use(for_whom.value, for_whom.there), use(action), use(kind), use(subject),
                 use(ground)) {}
};

}  // namespace

void append(store::Session& session, TownId town, const Line& line) {
    auto& row = session.kept<LineInsert>();
    row.town = raw(town);
    row.at = unix_seconds(line.at);
    row.actor = Nullable::of(line.actor);
    row.for_whom = Nullable::of(line.for_whom);
    row.action = line.action;
    row.kind = line.subject_kind;
    row.subject = line.subject;
    row.ground = line.ground;
    row.insert.run(session);
}

}  // namespace creneau::audit
