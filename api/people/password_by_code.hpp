#pragma once

#include "api/people/account_code_rules.hpp"
#include "api/people/account_codes.hpp"
#include "api/people/account_key.hpp"
#include "api/people/attempts.hpp"
#include "api/people/sign_in.hpp"
#include "api/store/session.hpp"

#include <string>

#include <tl/expected.hpp>

namespace creneau::people {

/// Whoever has the address, when the code that was entered is theirs; it is used up then. Refused
/// alike for an unknown address, somebody without such a code (staff and who has a second factor
/// have none to sign in), a wrong, used or old one. The refusal is counted: what was written is to
/// be kept.
[[nodiscard]] tl::expected<PersonId, SignInRefusal> check_code(store::Session& session,
                                                               const AccountKey& key,
                                                               const Attempt& attempt,
                                                               const EnteredCode& entered);

/// Somebody opens their account or resets its password. The password was judged, and hashed
/// whoever it is for.
struct PasswordByCode {
    Attempt attempt;
    EnteredCode entered;  ///< an invitation or a reset
    std::string hash;     ///< hash_password()
};

/// Sets the password when check_code() says yes; their sessions end.
[[nodiscard]] tl::expected<PersonId, SignInRefusal> set_password_by_code(
    store::Session& session, const AccountKey& key, const PasswordByCode& order);

/// Opens a session by a code from a mail instead of a password, when check_code() says yes.
[[nodiscard]] tl::expected<Opened, SignInRefusal> sign_in_by_code(store::Session& session,
                                                                  const AccountKey& key,
                                                                  const Attempt& attempt,
                                                                  const std::string& letters,
                                                                  const NewSession& opened);

}  // namespace creneau::people
