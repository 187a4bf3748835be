#pragma once

#include "api/people/person.hpp"
#include "api/people/second_factor/proved_by.hpp"
#include "api/people/second_factor/second_factor_rules.hpp"
#include "api/people/session_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace creneau::people {

inline constexpr std::chrono::hours kSessionIdle{2};       // without a request
inline constexpr std::chrono::hours kSessionAbsolute{12};  // from the sign-in
inline constexpr std::chrono::minutes kSeenAgain{5};       // how exact "last seen" is

/// A fresh session token for the cookie: 32 random bytes, base64url. Only its hash is stored.
[[nodiscard]] std::string new_session_token();

/// How somebody comes in: with a token that must be fresh.
struct NewSession {
    std::string token;
    Device device = Device::unknown;
    std::string password_hash = {};  ///< what the password was judged by; empty: a code was
    EnteredFactor factor = {};
    ProvedBy proved_by = ProvedBy::code;
};
/// Opens a session for `person`, who has just proved who they are.
void open_session(store::Session& session, TownId town, PersonId person, const NewSession& opened,
                  std::chrono::sys_seconds now);

struct SignedIn {
    Person person;
    CurrentSession session;
    bool extend = false;  // last seen a while ago: extend_session is due
    ProvedBy proved_by = ProvedBy::code;
};
/// Who that token signs in at `now`, if the session lives and the person is enabled
/// and there: the instant of a departure counts, whatever has been carried out of it.
[[nodiscard]] std::optional<SignedIn> find_signed_in(store::Session& session, TownId town,
                                                     std::string_view token,
                                                     std::chrono::sys_seconds now);

/// Notes that its person was seen and moves the idle end on, never past the absolute end.
void extend_session(store::Session& session, TownId town, std::string_view token,
                    std::chrono::sys_seconds now);

/// Ends that session; nothing happens when there is none.
void close_session(store::Session& session, TownId town, std::string_view token);

/// Ends every session of a person (departure, new password), but `kept`.
void close_sessions_of(store::Session& session, TownId town, PersonId person,
                       std::optional<SessionId> kept = {});

}  // namespace creneau::people
