#pragma once

#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace creneau::people {

inline constexpr std::chrono::hours kSessionIdle{2};       // without a request
inline constexpr std::chrono::hours kSessionAbsolute{12};  // from the sign-in

/// A fresh session token for the cookie: 32 random bytes, base64url. Only its hash is stored.
[[nodiscard]] std::string new_session_token();

/// Opens a session for `person`. The token must be fresh.
void open_session(store::Session& session, TownId town, PersonId person, std::string_view token,
                  std::chrono::sys_seconds now);

struct SignedIn {
    Person person;
    bool extend = false;  // half of the idle time is over: extend_session is due
};
/// Who that token signs in at `now`, if the session lives and the person is enabled.
[[nodiscard]] std::optional<SignedIn> find_signed_in(store::Session& session, TownId town,
                                                     std::string_view token,
                                                     std::chrono::sys_seconds now);

/// Moves the idle end on, never past the absolute end.
void extend_session(store::Session& session, TownId town, std::string_view token,
                    std::chrono::sys_seconds now);

/// Ends that session; nothing happens when there is none.
void close_session(store::Session& session, TownId town, std::string_view token);

/// Ends every session of a person: departure, new password.
void close_sessions_of(store::Session& session, TownId town, PersonId person);

}  // namespace creneau::people
