#pragma once

#include "api/people/person.hpp"
#include "api/people/roles/administrator_rules.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace creneau::people {

enum class RoleId : std::int64_t {};

/// A role that somebody has.
struct GivenRole {
    RoleId id{};
    PersonId person{};
    std::string person_name;
    Role role = Role::booker;
    Scope scope;
    std::string scope_name;             ///< of the site, room or department; empty for the town
    std::optional<PersonId> given_by;   ///< none: the town's file
    std::chrono::sys_seconds given_at;  ///< 1970 for the town's file
};

struct RoleQuery {
    std::optional<PersonId> person;
    std::optional<Role> role;
    std::int64_t limit = 50;
    std::optional<RoleId> after;
};

/// By id.
[[nodiscard]] std::vector<GivenRole> select_roles(store::Session& session, TownId town,
                                                  const RoleQuery& query);
[[nodiscard]] std::optional<GivenRole> select_role(store::Session& session, TownId town, RoleId id);
/// The one that is the same but for who gave it.
[[nodiscard]] std::optional<GivenRole> select_same_role(store::Session& session, TownId town,
                                                        const GivenRole& role);
RoleId insert_role(store::Session& session, TownId town, const GivenRole& role);
void delete_role(store::Session& session, TownId town, RoleId id);
/// An import does not give back what its file says unless it is told to.
void mark_edited(store::Session& session, TownId town, PersonId person,
                 std::chrono::sys_seconds now);

/// Administrators of the whole town who can sign in, now or later.
[[nodiscard]] std::vector<AdministratorStay> select_administrators(store::Session& session,
                                                                   TownId town);

/// Whether the town has such a site, room or department.
[[nodiscard]] bool scope_exists(store::Session& session, TownId town, const Scope& scope);

}  // namespace creneau::people
