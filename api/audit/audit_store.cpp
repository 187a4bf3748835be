#include "api/audit/audit_store.hpp"

#include "api/audit/chain.hpp"
#include "api/store/column.hpp"
#include "api/store/insert_row.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <string>

#include <soci/soci.h>

namespace creneau::audit {

namespace {

using soci::into;
using soci::use;
using store::Nullable;
using store::raw;
using store::RowInsert;
using store::unix_seconds;

/// The next id, and the hash of a chain's last line; empty where that line is older than the chain
/// or no line is left. Kept prepared: every booking asks.
struct HeadQuery {
    std::int64_t town = 0, next_id = 0;
    std::string log, hash;
    soci::statement statement;

    explicit HeadQuery(store::Session& session) : statement(session.sql()) {
        const std::string next = session.engine() == store::Engine::sqlite
                                     ? "(SELECT COALESCE(MAX(id), 0) + 1 FROM audit)"
                                     : "nextval(pg_get_serial_sequence('audit', 'id'))";
        statement.exchange(into(next_id));
        statement.exchange(into(hash));
        statement.exchange(use(town));
        statement.exchange(use(log));
        statement.alloc();
        statement.prepare("SELECT " + next +
                          ", COALESCE((SELECT hash FROM audit WHERE town_id = :town AND log = :log"
                          " ORDER BY id DESC LIMIT 1), '')");
        statement.define_and_bind();
    }

    void run(const ChainOf& chain) {
        town = raw(chain.town);
        log = word_of(chain.log);
        statement.execute(true);
        while (statement.fetch()) {  // to its end: a row that waits would keep SQLite's snapshot
        }
    }
};

/// Every booking writes a line: its insert is kept prepared, its values are the members.
struct LineInsert {
    std::int64_t town = 0, id = 0, at = 0, subject = 0;
    Nullable actor, for_whom;
    std::string log, action, kind, ground, hash;
    RowInsert insert;

    explicit LineInsert(store::Session& session)
        : insert(session,
                 "INSERT INTO audit (town_id, id, at, log, actor_id, for_id, action, subject_kind,"
                 " subject_id, ground, hash) VALUES (:town, :id, :at, :log, :actor, :whom, :action,"
                 " :kind, :subject, :ground, :hash)",
                 RowInsert::Id::unwanted, use(town), use(id), use(at), use(log),
                 use(actor.value, actor.there), use(for_whom.value, for_whom.there), use(action),
                 use(kind), use(subject), use(ground), use(hash)) {}
};

/// What the next line follows where no line of the chain is left: the last seal, or the beginning.
std::string hash_without_lines(store::Session& session, const ChainOf& chain) {
    const std::int64_t town = raw(chain.town);
    const std::string log(word_of(chain.log));
    std::int64_t number = 0;
    std::string last_hash;
    Span older;
    session.sql() << "SELECT number, day, first_id, last_id, line_count, last_hash FROM audit_seals"
                     " WHERE town_id = :town AND log = :log ORDER BY number DESC LIMIT 1",
        use(town), use(log), into(number), into(older.day), into(older.first_id),
        into(older.last_id), into(older.count), into(last_hash);
    if (session.sql().got_data() && number > 0) {
        return last_hash;
    }
    return hash_of_beginning(chain, session.sql().got_data() ? older : Span{});
}

}  // namespace

void append(store::Session& session, TownId town, const Line& line) {
    const ChainOf chain{town, line.log};
    auto& head = session.kept<HeadQuery>();
    head.run(chain);
    auto& row = session.kept<LineInsert>();
    row.town = raw(town);
    row.id = head.next_id;
    row.at = unix_seconds(line.at);
    row.log = head.log;
    row.actor = Nullable::of(line.actor);
    row.for_whom = Nullable::of(line.for_whom);
    row.action = line.action;
    row.kind = line.subject_kind;
    row.subject = line.subject;
    row.ground = line.ground;
    row.hash = hash_of_line(head.hash.empty() ? hash_without_lines(session, chain) : head.hash,
                            town, head.next_id, line);
    row.insert.run(session);
}

}  // namespace creneau::audit
