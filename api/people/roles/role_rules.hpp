#pragma once

#include "api/people/person.hpp"

namespace creneau::people {

/// Whether a role can hold in such a scope: who runs accounts or answers for personal data does so
/// for the whole town, who works in buildings may do so in some of them.
[[nodiscard]] bool can_hold_in(Role role, ScopeKind scope);

}  // namespace creneau::people
