#include "api/audit/line_store.hpp"

#include "api/audit/chain.hpp"
#include "api/audit/day.hpp"
#include "api/store/column.hpp"
#include "api/store/insert_row.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::audit {

namespace {

using soci::into;
using soci::use;
using store::instant;
using store::Nullable;
using store::raw;
using store::unix_seconds;

const char* const kLines =
    "SELECT id, at, actor_id, for_id, action, subject_kind, subject_id, ground, hash FROM audit"
    " WHERE town_id = :town AND log = :log ";

std::optional<PersonId> person_in(const Nullable& column) {
    return column.there == soci::i_ok ? std::optional(PersonId{column.value}) : std::nullopt;
}

/// Reads rows of kLines; `bind` adds what else its statement uses.
template <class Bind>
std::vector<KeptLine> lines(store::Session& session, const ChainOf& chain, const std::string& rest,
                            Bind bind) {
    const std::int64_t town = raw(chain.town);
    const std::string log(word_of(chain.log));
    std::int64_t at = 0;
    Nullable actor;
    Nullable for_whom;
    KeptLine row;
    soci::statement statement(session.sql());
    statement.exchange(use(town));
    statement.exchange(use(log));
    bind(statement);
    statement.exchange(into(row.id));
    statement.exchange(into(at));
    statement.exchange(into(actor.value, actor.there));
    statement.exchange(into(for_whom.value, for_whom.there));
    statement.exchange(into(row.action));
    statement.exchange(into(row.subject_kind));
    statement.exchange(into(row.subject));
    statement.exchange(into(row.ground));
    statement.exchange(into(row.hash));
    statement.alloc();
    statement.prepare(kLines + rest);
    statement.define_and_bind();
    statement.execute();
    std::vector<KeptLine> found;
    while (statement.fetch()) {
        row.at = instant(at);
        row.actor = person_in(actor);
        row.for_whom = person_in(for_whom);
        found.push_back(row);
    }
    return found;
}

/// No line that was written since `from` has a smaller id: its day, or one after it, is sealed with
/// the ids that it has, or it is not sealed yet.
std::int64_t first_id_since(store::Session& session, const ChainOf& chain,
                            std::chrono::sys_seconds from) {
    const std::int64_t town = raw(chain.town);
    const std::string log(word_of(chain.log));
    const std::string day = text_of(std::chrono::floor<std::chrono::days>(from));
    std::int64_t sealed = 0;
    std::int64_t after = 0;
    session.sql() << "SELECT COALESCE(MIN(CASE WHEN day >= :day THEN first_id END), 0),"
                     " COALESCE(MAX(last_id), 0) FROM audit_seals"
                     " WHERE town_id = :town AND log = :log",
        use(day), use(town), use(log), into(sealed), into(after);
    return sealed != 0 ? sealed : after + 1;
}

}  // namespace

Line line_of(const KeptLine& line, Log log) {
    return {line.at,           line.actor,   line.for_whom, line.action,
            line.subject_kind, line.subject, line.ground,   log};
}

std::vector<KeptLine> select_lines(store::Session& session, const ChainOf& chain,
                                   std::int64_t after, std::int64_t last, std::int64_t limit) {
    return lines(session, chain, "AND id > :after AND id <= :last ORDER BY id LIMIT :limit",
                 [&](soci::statement& statement) {
                     statement.exchange(use(after));
                     statement.exchange(use(last));
                     statement.exchange(use(limit));
                 });
}

std::vector<KeptLine> select_newest(store::Session& session, const ChainOf& chain,
                                    const LineQuery& query) {
    const std::int64_t low = query.from ? first_id_since(session, chain, *query.from) : 0;
    const std::int64_t before = query.before.value_or(INT64_MAX);
    const std::int64_t from = query.from ? unix_seconds(*query.from) : INT64_MIN;
    const std::int64_t until = query.until ? unix_seconds(*query.until) : INT64_MAX;
    std::string rest = "AND id >= :low AND id < :before AND at >= :from AND at < :until";
    rest += query.subject_kind.empty() ? "" : " AND subject_kind = :kind";
    rest += query.subject == 0 ? "" : " AND subject_id = :subject";
    return lines(session, chain, rest + " ORDER BY id DESC LIMIT :limit",
                 [&](soci::statement& statement) {
                     statement.exchange(use(low));
                     statement.exchange(use(before));
                     statement.exchange(use(from));
                     statement.exchange(use(until));
                     if (!query.subject_kind.empty()) {
                         statement.exchange(use(query.subject_kind));
                     }
                     if (query.subject != 0) {
                         statement.exchange(use(query.subject));
                     }
                     statement.exchange(use(query.limit));
                 });
}

OlderLines count_older(store::Session& session, const ChainOf& chain, std::int64_t last) {
    const std::int64_t town = raw(chain.town);
    const std::string log(word_of(chain.log));
    OlderLines older;
    session.sql() << "SELECT COUNT(*), COALESCE(SUM(CASE hash WHEN '' THEN 1 ELSE 0 END), 0)"
                     " FROM audit WHERE town_id = :town AND log = :log AND id <= :last",
        use(town), use(log), use(last), into(older.count), into(older.unhashed);
    return older;
}

std::int64_t count_strays(store::Session& session) {
    std::int64_t count = 0;
    session.sql() << "SELECT COUNT(*) FROM audit WHERE log NOT IN ('activity', 'security')"
                     " OR town_id NOT IN (SELECT id FROM towns)",
        into(count);
    return count;
}

}  // namespace creneau::audit
