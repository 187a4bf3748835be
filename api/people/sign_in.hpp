#pragma once

#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
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

enum class SignInError { wrong, throttled };

struct SignInRefusal {
    SignInError error = SignInError::wrong;
    std::chrono::seconds retry_after{};  // with throttled
};

/// First half, on a read session and off the I/O threads: is the account or the address throttled,
/// is the password right? The same time for an unknown address.
[[nodiscard]] tl::expected<PersonId, SignInRefusal> check_sign_in(store::Session& session,
                                                                  const SignIn& sign_in);

struct Opened {
    std::string token;
    Person person;
};
/// Second half, on the writer: opens a session under a new token and forgets the failures. Refused
/// when the throttle closed in between.
[[nodiscard]] tl::expected<Opened, SignInRefusal> finish_sign_in(store::Session& session,
                                                                 const SignIn& sign_in,
                                                                 PersonId person);

/// Second half of a failure, on the writer: counts it for the account and for the address; the
/// delay doubles with each further failure. Returns the delay now in force.
[[nodiscard]] std::chrono::seconds record_failure(store::Session& session, const SignIn& sign_in);

}  // namespace creneau::people
