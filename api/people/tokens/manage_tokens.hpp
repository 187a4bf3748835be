#pragma once

#include "api/people/person.hpp"
#include "api/people/tokens/token_store.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::people {

enum class TokenFault : std::uint8_t {
    not_allowed,       ///< the person is gone
    no_scope,          ///< at least one is wanted
    unknown_scope,     ///< is_scope() says which there are
    expires_too_late,  ///< kLongestToken
    expired,           ///< it would never work
    too_many,          ///< kMostTokens
};

using TokenFaults = std::vector<TokenFault>;

struct MakeToken {
    TownId town{};
    PersonId actor{};
    std::string name;
    std::vector<std::string> scopes;
    std::chrono::sys_seconds expires_at;
    std::string secret;  ///< a new_secret_token()
    std::chrono::sys_seconds now;
};

/// A token of the actor's own. It may do what its scopes name and the actor may do, then and there.
[[nodiscard]] tl::expected<AccessToken, TokenFaults> make_token(store::Session& session,
                                                                const MakeToken& order);

struct EndToken {
    TownId town{};
    PersonId actor{};
    AccessTokenId token{};
    std::chrono::sys_seconds now;
};

/// False when the actor has no such token.
[[nodiscard]] bool end_token(store::Session& session, const EndToken& order);

struct Bearer {
    Person person;
    std::vector<std::string> scopes;
    std::optional<AccessTokenId> to_note;  ///< note_token_use is due
};

/// In whose name a secret acts at `now`, if its token lives and the person is enabled.
[[nodiscard]] std::optional<Bearer> find_bearer(store::Session& session, TownId town,
                                                std::string_view secret,
                                                std::chrono::sys_seconds now);

}  // namespace creneau::people
