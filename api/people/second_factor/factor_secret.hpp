#pragma once

#include "api/people/account_key.hpp"
#include "api/people/second_factor/second_factor_store.hpp"
#include "api/people/second_factor/totp.hpp"

#include <optional>
#include <string>

namespace creneau::people {

/// The secret of somebody's app as it rests in the database: it opens for this person of this town
/// alone.
[[nodiscard]] std::string seal_secret(const AccountKey& key, const FactorOwner& owner,
                                      const TotpSecret& secret);
/// Nothing when it was sealed by another key or for somebody else.
[[nodiscard]] std::optional<TotpSecret> unseal_secret(const AccountKey& key,
                                                      const FactorOwner& owner,
                                                      const std::string& sealed);

}  // namespace creneau::people
