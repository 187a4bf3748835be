#pragma once

#include "api/people/breached_passwords.hpp"
#include "api/people/password_rules.hpp"
#include "api/people/person.hpp"
#include "api/people/session_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::people {

/// Without its list no password can be set.
enum class NoList : std::uint8_t {};

/// Every fault of a password for that address of the town; none: it may be set. `list` is null
/// where there is none.
[[nodiscard]] tl::expected<std::vector<PasswordFault>, NoList> judge_new_password(
    std::string_view password, const PasswordContext& context, const BreachedPasswords* list);

/// The words that the town adds to the address.
[[nodiscard]] PasswordContext password_context(store::Session& session, TownId town,
                                               std::string_view email);

/// A password that was judged and hashed.
struct NewPassword {
    PersonId person{};
    std::string hash;                    ///< hash_password()
    std::optional<SessionId> kept = {};  ///< the only session that goes on
    std::optional<PersonId> actor = {};  ///< none: whoever runs the server
};

/// Keeps it; the person's other sessions and all codes end, and a mail tells them.
void keep_password(store::Session& session, TownId town, const NewPassword& password,
                   std::chrono::sys_seconds now);

}  // namespace creneau::people
