#pragma once

#include "api/people/account_key.hpp"
#include "api/people/attempts.hpp"
#include "api/people/person.hpp"
#include "api/people/sessions.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace creneau::people {

struct SignIn {
    Attempt attempt;
    std::string password;
};

enum class SignInError : std::uint8_t {
    wrong,
    throttled,
    second_factor_needed,  ///< the password is right; nothing else was entered
};

struct SignInRefusal {
    SignInError error = SignInError::wrong;
    std::chrono::seconds retry_after{};  // with throttled
};

/// What the database says before the password is looked at. An unknown address has no person and
/// no hash, and is throttled like a known one.
struct Account {
    std::optional<PersonId> person;
    std::string password_hash;
    std::chrono::seconds blocked_for{};
};

/// First step, on a read session.
[[nodiscard]] Account find_account(store::Session& session, const Attempt& attempt);

/// Second step, slow (argon2id) and without the database. Takes the same time whether or not the
/// account exists; a throttled attempt is not looked at.
[[nodiscard]] tl::expected<PersonId, SignInRefusal> judge(const Account& account,
                                                          const SignIn& sign_in);

struct Opened {
    std::string token;
    Person person;
};
/// Third step after a success, on the writer: looks at the second factor of who has one, opens a
/// session and forgets the account's failures. Refused when the throttle closed or the person left
/// in between. A wrong second factor is counted: what was written is to be kept.
[[nodiscard]] tl::expected<Opened, SignInRefusal> open_signed_in(store::Session& session,
                                                                 const AccountKey& key,
                                                                 const Attempt& attempt,
                                                                 PersonId person,
                                                                 const NewSession& opened);

/// Third step after a wrong password, on the writer: counts it for the account and for the
/// address. Returns the delay that now holds. `what` was wrong, a code for the log.
[[nodiscard]] std::chrono::seconds refuse_sign_in(store::Session& session, const Attempt& attempt,
                                                  std::string_view what = {});

}  // namespace creneau::people
