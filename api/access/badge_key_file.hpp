#pragma once

#include "api/access/badge_key.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

namespace creneau::access {

// The server derives the key of badge numbers from the key of the accounts, which nobody else may
// read, and lays it out for creneau-signer: policies name badges, and the signer makes policies.

/// Writes `secret` to `file` unless it is there: mode 0640, so that the signer, who is of the
/// server's group, reads it. Throws when that fails.
void lay_out_badge_key(const std::filesystem::path& file,
                       std::span<const std::uint8_t, BadgeKey::kSize> secret);

/// Null where there is no file yet. Throws when it is no such file, or when others than the
/// server's group may touch it.
[[nodiscard]] std::shared_ptr<const BadgeKey> read_badge_key(const std::filesystem::path& file);

}  // namespace creneau::access
