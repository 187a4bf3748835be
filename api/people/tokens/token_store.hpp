#pragma once

#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace creneau::people {

enum class AccessTokenId : std::int64_t {};

/// What a program may do in somebody's name, and until when.
struct AccessToken {
    AccessTokenId id{};
    PersonId person{};
    std::string name;  ///< what it is for, in its owner's words
    std::vector<std::string> scopes;
    std::chrono::sys_seconds created_at;
    std::chrono::sys_seconds expires_at;                   ///< works before
    std::optional<std::chrono::sys_seconds> last_used_at;  ///< to within an hour
};

AccessTokenId insert_token(store::Session& session, TownId town, const AccessToken& token,
                           const std::string& hash);
/// Those of a person that have not expired, by id.
[[nodiscard]] std::vector<AccessToken> select_tokens(store::Session& session, TownId town,
                                                     PersonId person, std::chrono::sys_seconds now);
/// The one of that hash, expired or not.
[[nodiscard]] std::optional<AccessToken> find_token(store::Session& session, TownId town,
                                                    const std::string& hash);
void note_token_use(store::Session& session, TownId town, AccessTokenId id,
                    std::chrono::sys_seconds now);
/// False when the person has no such token.
[[nodiscard]] bool delete_token(store::Session& session, TownId town, PersonId person,
                                AccessTokenId id);
void delete_tokens_of(store::Session& session, TownId town, PersonId person);
/// Deletes what expired by `now`.
void purge_tokens(store::Session& session, TownId town, std::chrono::sys_seconds now);

}  // namespace creneau::people
