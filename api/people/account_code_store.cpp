#include "api/people/account_code_store.hpp"

#include "api/people/account_code_rules.hpp"
#include "api/people/ids.hpp"
#include "api/store/column.hpp"
#include "api/store/insert_row.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <soci/soci.h>

namespace creneau::people {

namespace {

using soci::into;
using soci::use;
using store::instant;
using store::raw;
using store::unix_seconds;

constexpr auto kSelect =
    "SELECT id, kind, person_id, salt, created_at, ends_at, tries,"
    " CASE WHEN used_at IS NULL THEN 0 ELSE 1 END FROM account_codes WHERE town_id = :town";

/// The codes of a condition, whose parameters follow the town.
template <class... Uses>
std::vector<AccountCode> codes_where(store::Session& session, const std::string& condition,
                                     const Uses&... uses) {
    std::int64_t id = 0;
    std::int64_t person = 0;
    std::int64_t created = 0;
    std::int64_t ends = 0;
    std::int64_t used = 0;
    std::string kind;
    AccountCode code;
    soci::statement statement(session.sql());
    statement.exchange(into(id));
    statement.exchange(into(kind));
    statement.exchange(into(person));
    statement.exchange(into(code.salt));
    statement.exchange(into(created));
    statement.exchange(into(ends));
    statement.exchange(into(code.tries));
    statement.exchange(into(used));
    (statement.exchange(uses), ...);
    statement.alloc();
    statement.prepare(kSelect + condition);
    statement.define_and_bind();
    statement.execute();
    std::vector<AccountCode> codes;
    while (statement.fetch()) {
        code.id = CodeId{id};
        code.kind = store::present(code_kind_of(kind), "kind of a code");
        code.person = PersonId{person};
        code.created_at = instant(created);
        code.ends_at = instant(ends);
        code.used = used != 0;
        codes.push_back(code);
    }
    return codes;
}

}  // namespace

CodeId insert_code(store::Session& session, TownId town, const AccountCode& code) {
    const auto town_id = raw(town);
    const auto person = raw(code.person);
    const std::string kind{word_of(code.kind)};
    const auto created = unix_seconds(code.created_at);
    const auto ends = unix_seconds(code.ends_at);
    return CodeId{store::insert_row(
        session,
        "INSERT INTO account_codes (town_id, person_id, kind, salt, created_at, ends_at)"
        " VALUES (:town, :person, :kind, :salt, :created, :ends)",
        use(town_id), use(person), use(kind), use(code.salt), use(created), use(ends))};
}

std::optional<AccountCode> find_code(store::Session& session, TownId town, CodeId id) {
    const auto town_id = raw(town);
    const auto code = raw(id);
    const auto found = codes_where(session, " AND id = :id", use(town_id), use(code));
    return found.empty() ? std::nullopt : std::optional(found.front());
}

std::vector<AccountCode> find_newest_codes(store::Session& session, TownId town, PersonId person,
                                           CodeKind kind) {
    const auto town_id = raw(town);
    const auto person_id = raw(person);
    const std::string word{word_of(kind)};
    const std::int64_t most = kMostLivingCodes;
    return codes_where(session,
                       " AND person_id = :person AND kind = :kind ORDER BY id DESC LIMIT :most",
                       use(town_id), use(person_id), use(word), use(most));
}

std::int64_t count_living_codes(store::Session& session, TownId town, PersonId person,
                                CodeKind kind, std::chrono::sys_seconds now) {
    const auto town_id = raw(town);
    const auto person_id = raw(person);
    const std::string word{word_of(kind)};
    const auto at = unix_seconds(now);
    const std::int64_t tries = kMostTries;
    std::int64_t count = 0;
    session.sql() << "SELECT COUNT(*) FROM account_codes WHERE town_id = :town"
                     " AND person_id = :person AND kind = :kind AND ends_at > :now"
                     " AND tries < :tries AND used_at IS NULL",
        use(town_id), use(person_id), use(word), use(at), use(tries), into(count);
    return count;
}

void count_try(store::Session& session, TownId town, PersonId person, CodeKind kind) {
    const auto town_id = raw(town);
    const auto person_id = raw(person);
    const std::string word{word_of(kind)};
    session.sql() << "UPDATE account_codes SET tries = tries + 1 WHERE town_id = :town"
                     " AND person_id = :person AND kind = :kind AND used_at IS NULL",
        use(town_id), use(person_id), use(word);
}

void mark_used(store::Session& session, TownId town, CodeId id, std::chrono::sys_seconds now) {
    const auto town_id = raw(town);
    const auto code = raw(id);
    const auto at = unix_seconds(now);
    session.sql() << "UPDATE account_codes SET used_at = :now WHERE id = :id AND town_id = :town",
        use(at), use(code), use(town_id);
}

void end_codes(store::Session& session, TownId town, PersonId person,
               std::optional<CodeKind> kind) {
    const auto town_id = raw(town);
    const auto person_id = raw(person);
    const std::string word{kind ? word_of(*kind) : ""};
    session.sql() << "UPDATE account_codes SET ends_at = created_at WHERE town_id = :town"
                     " AND person_id = :person AND used_at IS NULL"
                     " AND (kind = :kind OR '' = :any)",
        use(town_id), use(person_id), use(word), use(word);
}

void purge_codes(store::Session& session, TownId town, std::chrono::sys_seconds before) {
    const auto town_id = raw(town);
    const auto at = unix_seconds(before);
    session.sql() << "DELETE FROM account_codes WHERE town_id = :town AND ends_at < :before",
        use(town_id), use(at);
}

void insert_code_request(store::Session& session, TownId town, const CodeRequest& request,
                         std::chrono::sys_seconds now) {
    const auto town_id = raw(town);
    const std::string kind{word_of(request.kind)};
    const auto at = unix_seconds(now);
    session.sql() << "INSERT INTO code_requests (town_id, kind, email, requested_at)"
                     " VALUES (:town, :kind, :email, :at)",
        use(town_id), use(kind), use(request.email), use(at);
}

bool has_code_requests(store::Session& session, TownId town) {
    const auto town_id = raw(town);
    std::int64_t id = 0;
    session.sql() << "SELECT id FROM code_requests WHERE town_id = :town LIMIT 1", use(town_id),
        into(id);
    return session.sql().got_data();
}

std::vector<CodeRequest> take_code_requests(store::Session& session, TownId town,
                                            std::int64_t limit) {
    const auto town_id = raw(town);
    std::string kind;
    std::string email;
    std::vector<CodeRequest> taken;
    soci::statement statement =
        (session.sql().prepare << "DELETE FROM code_requests WHERE id IN (SELECT id FROM"
                                  " code_requests WHERE town_id = :town ORDER BY id LIMIT :limit)"
                                  " RETURNING kind, email",
         use(town_id), use(limit), into(kind), into(email));
    statement.execute();
    while (statement.fetch()) {
        taken.push_back({store::present(code_kind_of(kind), "kind of a request"), email});
    }
    return taken;
}

}  // namespace creneau::people
