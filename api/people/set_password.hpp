#pragma once

#include "api/people/breached_passwords.hpp"
#include "api/people/password_rules.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::people {

enum class SetPasswordError : std::uint8_t { unknown_person, no_list, refused };

struct SetPasswordRefusal {
    SetPasswordError error = SetPasswordError::refused;
    std::vector<PasswordFault> faults = {};  ///< with `refused`
};

struct SetPassword {
    TownId town{};
    std::string email;
    std::string password;
    std::chrono::sys_seconds now;
    const BreachedPasswords* breached = nullptr;
};

/// Gives a person a password, as whoever runs the server may: ends their sessions and their codes.
/// Slow (argon2id).
[[nodiscard]] tl::expected<PersonId, SetPasswordRefusal> set_password(store::Session& session,
                                                                      const SetPassword& change);

/// English sentences for the command line.
[[nodiscard]] std::string explain(const SetPasswordRefusal& refusal);

}  // namespace creneau::people
