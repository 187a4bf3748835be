#include "api/people/person.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace creneau::people {

namespace {

constexpr std::array kRoles{Role::booker,
                            Role::office,
                            Role::administrator,
                            Role::stage_manager,
                            Role::access_administrator,
                            Role::human_resources,
                            Role::data_protection};
constexpr std::array kScopeKinds{ScopeKind::town, ScopeKind::site, ScopeKind::room,
                                 ScopeKind::department};

template <class Words>
auto named(const Words& words, std::string_view name) {
    const auto* const found =
        std::ranges::find_if(words, [name](const auto word) { return name == name_of(word); });
    return found == words.end() ? std::nullopt : std::optional(*found);
}

}  // namespace

bool Person::is_active(std::chrono::sys_seconds now) const {
    return (!active_from || *active_from <= now) && (!active_until || now < *active_until);
}

bool Person::has(Role role) const {
    return std::ranges::find(roles, role) != roles.end();
}

bool Person::has(Role role, const Scope& scope) const {
    return has(role) || std::ranges::any_of(local_roles, [&](const LocalRole& local) {
               return local.role == role && local.scope == scope;
           });
}

bool Person::has_over(Role role, std::int64_t room) const {
    return has(role) || std::ranges::any_of(local_roles, [&](const LocalRole& local) {
               return local.role == role && std::ranges::binary_search(local.rooms, room);
           });
}

bool Person::has_anywhere(Role role) const {
    return has(role) || std::ranges::find(local_roles, role, &LocalRole::role) != local_roles.end();
}

std::vector<std::int64_t> Person::rooms_under(Role role) const {
    std::vector<std::int64_t> rooms;
    for (const LocalRole& local : local_roles) {
        if (local.role == role) {
            rooms.insert(rooms.end(), local.rooms.begin(), local.rooms.end());
        }
    }
    std::ranges::sort(rooms);
    const auto repeated = std::ranges::unique(rooms);
    rooms.erase(repeated.begin(), repeated.end());
    return rooms;
}

bool Person::manages(AssociationId association) const {
    return std::ranges::find(associations, association, &ManagedAssociation::id) !=
           associations.end();
}

const char* name_of(Role role) {
    switch (role) {
        case Role::booker:
            return "booker";
        case Role::office:
            return "office";
        case Role::administrator:
            return "administrator";
        case Role::stage_manager:
            return "stage_manager";
        case Role::access_administrator:
            return "access_administrator";
        case Role::human_resources:
            return "human_resources";
        case Role::data_protection:
            return "data_protection";
    }
    return "";
}

std::optional<Role> role_of(std::string_view name) {
    return named(kRoles, name);
}

const char* name_of(ScopeKind kind) {
    switch (kind) {
        case ScopeKind::town:
            return "town";
        case ScopeKind::site:
            return "site";
        case ScopeKind::room:
            return "room";
        case ScopeKind::department:
            return "department";
    }
    return "";
}

std::optional<ScopeKind> scope_kind_of(std::string_view name) {
    return named(kScopeKinds, name);
}

}  // namespace creneau::people
