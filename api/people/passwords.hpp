#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace creneau::people {

/// argon2id, 19 MiB, two passes, in libsodium's string form. Tens of milliseconds: never on an I/O
/// thread. Throws std::bad_alloc when the memory is not there.
[[nodiscard]] std::string hash_password(std::string_view password);

/// Takes as long for an empty `hash` (no such account, no password set), and says no.
[[nodiscard]] bool password_matches(std::string_view password, const std::string& hash);

/// How often this process has run argon2id: what whoever times answers could learn from. Any
/// thread.
[[nodiscard]] std::uint64_t argon2_runs();

}  // namespace creneau::people
