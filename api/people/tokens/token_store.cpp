#include "api/people/tokens/token_store.hpp"

#include "api/people/person.hpp"
#include "api/store/column.hpp"
#include "api/store/insert_row.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <sstream>
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

// Ids and instants of ours are positive: 0 stands for NULL.
constexpr auto kSelect =
    "SELECT id, person_id, name, scopes, created_at, expires_at, COALESCE(last_used_at, 0)"
    " FROM access_tokens WHERE town_id = :town";

struct TokenColumns {
    std::int64_t id = 0, person = 0, created = 0, expires = 0, used = 0;
    std::string name, scopes;

    AccessToken token() const {
        AccessToken token{AccessTokenId{id}, PersonId{person}, name, {},
                          instant(created),  instant(expires), {}};
        std::istringstream words(scopes);
        for (std::string word; words >> word;) {
            token.scopes.push_back(word);
        }
        if (used != 0) {
            token.last_used_at = instant(used);
        }
        return token;
    }
};

template <class... Uses>
std::vector<AccessToken> tokens_where(store::Session& session, TownId town, const std::string& tail,
                                      const Uses&... uses) {
    const std::int64_t town_id = raw(town);
    TokenColumns row;
    soci::statement statement(session.sql());
    statement.exchange(use(town_id));
    (statement.exchange(use(uses)), ...);
    statement.exchange(into(row.id));
    statement.exchange(into(row.person));
    statement.exchange(into(row.name));
    statement.exchange(into(row.scopes));
    statement.exchange(into(row.created));
    statement.exchange(into(row.expires));
    statement.exchange(into(row.used));
    statement.alloc();
    statement.prepare(kSelect + tail);
    statement.define_and_bind();
    statement.execute();
    std::vector<AccessToken> tokens;
    while (statement.fetch()) {
        tokens.push_back(row.token());
    }
    return tokens;
}

}  // namespace

AccessTokenId insert_token(store::Session& session, TownId town, const AccessToken& token,
                           const std::string& hash) {
    const std::int64_t town_id = raw(town);
    const std::int64_t person = raw(token.person);
    const std::int64_t created = unix_seconds(token.created_at);
    const std::int64_t expires = unix_seconds(token.expires_at);
    std::string scopes;
    for (const auto& scope : token.scopes) {
        scopes += (scopes.empty() ? "" : " ") + scope;
    }
    return AccessTokenId{store::insert_row(
        session,
        "INSERT INTO access_tokens (town_id, person_id, name, token_hash, scopes, created_at,"
        " expires_at) VALUES (:town, :person, :name, :hash, :scopes, :created, :expires)",
        use(town_id), use(person), use(token.name), use(hash), use(scopes), use(created),
        use(expires))};
}

std::vector<AccessToken> select_tokens(store::Session& session, TownId town, PersonId person,
                                       std::chrono::sys_seconds now) {
    const std::int64_t person_id = raw(person);
    const std::int64_t at = unix_seconds(now);
    return tokens_where(session, town, " AND person_id = :person AND expires_at > :now ORDER BY id",
                        person_id, at);
}

std::optional<AccessToken> find_token(store::Session& session, TownId town,
                                      const std::string& hash) {
    auto tokens = tokens_where(session, town, " AND token_hash = :hash", hash);
    return tokens.empty() ? std::nullopt : std::optional(tokens.front());
}

void note_token_use(store::Session& session, TownId town, AccessTokenId id,
                    std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t token = raw(id);
    const std::int64_t at = unix_seconds(now);
    session.sql() << "UPDATE access_tokens SET last_used_at = :now"
                     " WHERE town_id = :town AND id = :id",
        use(at), use(town_id), use(token);
}

bool delete_token(store::Session& session, TownId town, PersonId person, AccessTokenId id) {
    const std::int64_t town_id = raw(town);
    const std::int64_t person_id = raw(person);
    const std::int64_t token = raw(id);
    soci::statement statement =
        (session.sql().prepare << "DELETE FROM access_tokens WHERE town_id = :town"
                                  " AND person_id = :person AND id = :id",
         use(town_id), use(person_id), use(token));
    statement.execute(true);
    return statement.get_affected_rows() == 1;
}

void delete_tokens_of(store::Session& session, TownId town, PersonId person) {
    const std::int64_t town_id = raw(town);
    const std::int64_t person_id = raw(person);
    session.sql() << "DELETE FROM access_tokens WHERE town_id = :town AND person_id = :person",
        use(town_id), use(person_id);
}

void purge_tokens(store::Session& session, TownId town, std::chrono::sys_seconds now) {
    const std::int64_t town_id = raw(town);
    const std::int64_t at = unix_seconds(now);
    session.sql() << "DELETE FROM access_tokens WHERE town_id = :town AND expires_at <= :now",
        use(town_id), use(at);
}

}  // namespace creneau::people
