#pragma once

#include "api/people/breached_passwords.hpp"

namespace creneau::support {

/// The list that the build made, as a town installs it.
const people::BreachedPasswords& breached_list();

}  // namespace creneau::support
