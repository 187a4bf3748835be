#pragma once

#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include <tl/expected.hpp>

namespace creneau::people {

struct SignIn {
    TownId town{};
    std::string email;
    std::string password;
    std::string client;  // the client's address: throttled as well as the account
    std::chrono::sys_seconds now;
};

enum class SignInError : std::uint8_t { wrong, throttled };

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
[[nodiscard]] Account find_account(store::Session& session, const SignIn& sign_in);

/// Second step, slow (argon2id) and without the database. Takes the same time whether or not the
/// account exists; a throttled attempt is not looked at.
[[nodiscard]] tl::expected<PersonId, SignInRefusal> judge(const Account& account,
                                                          const SignIn& sign_in);

struct Opened {
    std::string token;
    Person person;
};
/// Third step after a success, on the writer: opens a session under `token`, which must be fresh,
/// and forgets the account's failures. Refused when the throttle closed or the person left in
/// between.
[[nodiscard]] tl::expected<Opened, SignInRefusal> open_signed_in(store::Session& session,
                                                                 const SignIn& sign_in,
                                                                 PersonId person,
                                                                 const std::string& token);

/// Third step after a wrong password, on the writer: counts it for the account and for the
/// address. Returns the delay that now holds.
[[nodiscard]] std::chrono::seconds record_failure(store::Session& session, const SignIn& sign_in);

}  // namespace creneau::people
