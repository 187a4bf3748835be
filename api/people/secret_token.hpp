#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace creneau::people {

/// A fresh secret for a client: 32 random bytes, base64url. Only its hash is ever stored.
[[nodiscard]] std::string new_secret_token();

/// BLAKE2b-256 of the secret's bytes, in hexadecimal; nothing when it is none of ours.
[[nodiscard]] std::optional<std::string> hash_of_secret_token(std::string_view token);

}  // namespace creneau::people
