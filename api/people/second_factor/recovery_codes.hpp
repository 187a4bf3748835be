#pragma once

#include "api/people/second_factor/second_factor_store.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace creneau::people {

/// Ten fresh codes as their person reads them, once. Only their hashes are stored.
[[nodiscard]] std::vector<std::string> new_recovery_codes();

/// BLAKE2b-256 in hexadecimal, of the form in which a code is shown.
[[nodiscard]] std::string hash_of_recovery_code(const std::string& letters);
[[nodiscard]] std::vector<std::string> hashes_of(const std::vector<std::string>& codes);

/// Whether that is one of the person's unused codes: it is then used up. Every code is compared,
/// in constant time.
[[nodiscard]] bool take_recovery_code(store::Session& session, const FactorOwner& owner,
                                      const std::string& typed, std::chrono::sys_seconds now);

}  // namespace creneau::people
