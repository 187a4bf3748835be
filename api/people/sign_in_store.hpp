#pragma once

#include "api/people/person.hpp"
#include "api/people/throttle_rules.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace creneau::people {

/// `subject` is hashed before it is stored: "account:…", "address:…".
[[nodiscard]] Failures find_failures(store::Session& session, TownId town,
                                     const std::string& subject);
void save_failures(store::Session& session, TownId town, const std::string& subject,
                   const Failures& failures);
void forget_failures(store::Session& session, TownId town, const std::string& subject);
/// Deletes what last happened before `oldest`.
void purge_failures(store::Session& session, TownId town, std::chrono::sys_seconds oldest);

/// libsodium's string, when the person has a password.
[[nodiscard]] std::optional<std::string> find_password_hash(store::Session& session, TownId town,
                                                            PersonId person);
void save_password_hash(store::Session& session, TownId town, PersonId person,
                        const std::string& hash, std::chrono::sys_seconds now);

}  // namespace creneau::people
