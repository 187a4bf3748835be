#pragma once

#include "api/people/person.hpp"
#include "api/people/roles/role_store.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::people {

enum class RoleFault : std::uint8_t {
    not_allowed,
    unknown_role,  ///< none with that id
    own_roles,     ///< nobody changes their own, so that an administrator always stays
    unknown_person,
    scope_not_possible,  ///< that role does not hold in such a scope
    unknown_scope,
    last_administrator,  ///< the town would be without one, now or from an announced departure on
};

using RoleFaults = std::vector<RoleFault>;

struct GiveRole {
    TownId town{};
    PersonId actor{};  ///< rights are read again in the transaction
    PersonId person{};
    Role role = Role::booker;
    Scope scope;
    std::chrono::sys_seconds now;
};

/// Gives a role; one that the person has already is answered as it is.
[[nodiscard]] tl::expected<GivenRole, RoleFaults> give_role(store::Session& session,
                                                            const GiveRole& order);

struct WithdrawRole {
    TownId town{};
    PersonId actor{};
    RoleId role{};
    std::chrono::sys_seconds now;
};

/// Takes it away at once: the next request of that person is judged without it. Of one that the
/// town's file gives, the next import says that it was changed here (`edited_here`).
[[nodiscard]] tl::expected<GivenRole, RoleFaults> withdraw_role(store::Session& session,
                                                                const WithdrawRole& order);

}  // namespace creneau::people
