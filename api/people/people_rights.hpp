#pragma once

#include "api/people/person.hpp"

namespace creneau::people {

/// Reads who did what in the town: administrators.
[[nodiscard]] bool may_read_audit(const Person& person);

}  // namespace creneau::people
