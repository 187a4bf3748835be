#pragma once

#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace creneau::people {

enum class SetPasswordError : std::uint8_t { unknown_person, too_short, too_long };

struct SetPassword {
    TownId town{};
    std::string email;
    std::string password;
    std::chrono::sys_seconds now;
};

/// Gives a person a password and ends their sessions. Slow (argon2id).
[[nodiscard]] tl::expected<PersonId, SetPasswordError> set_password(store::Session& session,
                                                                    const SetPassword& change);

/// One English sentence for the command line.
[[nodiscard]] const char* explain(SetPasswordError error);

}  // namespace creneau::people
