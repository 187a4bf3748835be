#pragma once

#include "api/people/ids.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>

#include <tl/expected.hpp>

namespace creneau::people {

struct Invite {
    TownId town{};
    PersonId actor{};
    PersonId person{};  ///< of the town, with an e-mail address and without a password
    std::chrono::sys_seconds proved_at;  ///< when the actor last proved who they are
    std::chrono::sys_seconds now;
};

enum class InviteError : std::uint8_t {
    forbidden,
    proof_needed,  ///< staff are invited by who proved lately who they are
    unknown_person,
    no_address,
    has_password,
};

struct Invited {
    PersonId person{};
    std::chrono::sys_seconds ends_at;
};

/// Mails somebody the code with which they open their account; an earlier one ends.
[[nodiscard]] tl::expected<Invited, InviteError> invite(store::Session& session,
                                                        const Invite& order);

}  // namespace creneau::people
