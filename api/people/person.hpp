#pragma once

#include "api/people/ids.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::people {

/// What a person may do, beside what being a manager of an association gives.
enum class Role : std::uint8_t {
    booker,                ///< asks for rooms
    office,                ///< decides on requests and acts for others
    administrator,         ///< accounts, roles, settings
    stage_manager,         ///< prepares rooms
    access_administrator,  ///< doors, badges, keys
    human_resources,       ///< announces arrivals and departures of staff
    data_protection,       ///< answers for personal data
};

/// Where a role holds.
enum class ScopeKind : std::uint8_t { town, site, room, department };
struct Scope {
    ScopeKind kind = ScopeKind::town;
    std::int64_t id = 0;  ///< of that; 0 for the town

    friend bool operator==(const Scope&, const Scope&) = default;
};

/// A role that does not hold in the whole town.
struct LocalRole {
    Role role = Role::booker;
    Scope scope;
    std::vector<std::int64_t> rooms;  ///< those that the scope reaches, ascending
};

enum class Locale : std::uint8_t { fr, en };

struct ManagedAssociation {
    AssociationId id{};
    std::string name;
};

/// A person of the town with what their rights follow from.
struct Person {
    PersonId id{};
    std::string name;
    std::string email;  // lower case
    Locale locale = Locale::fr;
    std::vector<Role> roles;  // of the whole town
    std::vector<LocalRole> local_roles;
    std::vector<ManagedAssociation> associations;
    std::optional<std::chrono::sys_seconds> active_from = {};   // none: no arrival was announced
    std::optional<std::chrono::sys_seconds> active_until = {};  // none: no departure was
    bool on_staff = false;  // a member of it, or the line manager of one

    /// Whether they may come in: from the instant of an arrival on, and before that of a departure.
    [[nodiscard]] bool is_active(std::chrono::sys_seconds now) const;
    /// In the whole town.
    [[nodiscard]] bool has(Role role) const;
    /// There, be it as everywhere.
    [[nodiscard]] bool has(Role role, const Scope& scope) const;
    /// Over a room: in the whole town, at its site or for itself.
    [[nodiscard]] bool has_over(Role role, std::int64_t room) const;
    /// Somewhere at least.
    [[nodiscard]] bool has_anywhere(Role role) const;
    /// The rooms that its local roles of this kind reach, ascending.
    [[nodiscard]] std::vector<std::int64_t> rooms_under(Role role) const;
    [[nodiscard]] bool manages(AssociationId association) const;
};

/// The words of the database and the API: "booker", "stage_manager", …
[[nodiscard]] const char* name_of(Role role);
[[nodiscard]] std::optional<Role> role_of(std::string_view name);
/// "town", "site", "room", "department".
[[nodiscard]] const char* name_of(ScopeKind kind);
[[nodiscard]] std::optional<ScopeKind> scope_kind_of(std::string_view name);

}  // namespace creneau::people
