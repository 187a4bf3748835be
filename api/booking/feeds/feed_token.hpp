#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace creneau::booking {

/// 128 random bits in base64url, 22 characters: the only secret that stands in an address. It is
/// kept nowhere and never logged.
[[nodiscard]] std::string new_feed_token();

/// BLAKE2b-256 of the token's bytes, in hexadecimal; nothing when it is no token of ours.
[[nodiscard]] std::optional<std::string> hash_of_feed_token(std::string_view token);

}  // namespace creneau::booking
