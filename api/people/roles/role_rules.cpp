#include "api/people/roles/role_rules.hpp"

#include "api/people/person.hpp"

namespace creneau::people {

bool can_hold_in(Role role, ScopeKind scope) {
    const bool is_estate = scope == ScopeKind::site || scope == ScopeKind::room;
    switch (role) {
        case Role::booker:
        case Role::administrator:
        case Role::data_protection:
            return scope == ScopeKind::town;
        case Role::office:
        case Role::stage_manager:
            return scope == ScopeKind::town || is_estate;
        case Role::access_administrator:
            return scope == ScopeKind::town || scope == ScopeKind::site;
        case Role::human_resources:
            return scope == ScopeKind::town || scope == ScopeKind::department;
    }
    return false;
}

}  // namespace creneau::people
