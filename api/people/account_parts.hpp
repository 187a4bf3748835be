#pragma once

#include "api/people/account_key.hpp"
#include "api/people/breached_passwords.hpp"

namespace creneau::people {

/// What accounts rest on besides the database; both outlive whoever is given this.
struct AccountParts {
    const AccountKey& key;
    const BreachedPasswords* breached = nullptr;  ///< none: no password can be set
};

}  // namespace creneau::people
