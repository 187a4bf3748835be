#pragma once

#include "api/people/attempts.hpp"
#include "api/people/ids.hpp"
#include "api/people/person.hpp"
#include "api/people/session_types.hpp"
#include "api/people/sign_in.hpp"
#include "api/store/session.hpp"

#include <optional>
#include <string>

#include <tl/expected.hpp>

namespace creneau::people {

/// Somebody who is signed in takes a password, or another one. The current one was compared by
/// judge(); who has none has proved lately who they are. The new one was judged and hashed.
struct ChangePassword {
    Attempt attempt;
    PersonId person{};
    SessionId session{};  ///< goes on; their others end
    std::string hash;     ///< hash_password()
    /// The hash that the current one was judged by; none: there is none.
    std::optional<std::string> judged;
};

/// Keeps it and tells its person by mail. Refused when the throttle closed in between, or
/// when the password has become another one.
[[nodiscard]] tl::expected<PersonId, SignInRefusal> change_password(store::Session& session,
                                                                    const ChangePassword& order);

}  // namespace creneau::people
