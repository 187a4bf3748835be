#pragma once

#include "api/people/person.hpp"

namespace creneau::people {

/// Gives and withdraws roles of others.
[[nodiscard]] bool may_give_roles(const Person& person);

/// Reads who has which role.
[[nodiscard]] bool may_read_roles(const Person& person);

}  // namespace creneau::people
