#pragma once

#include "api/access/access_types.hpp"
#include "policy/badge.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace creneau::access {

/// The server derives the secret of a BadgeKey from the key of its accounts by these words. No
/// sign-in code is derived from them: theirs name a row.
inline constexpr std::string_view kBadgeKeyWords = "numbers of badges";

/// What hides the numbers of badges in the database: who has its rows alone reads none and cannot
/// try numbers out.
class BadgeKey {
  public:
    static constexpr std::size_t kSize = 32;

    /// From 32 secret bytes that are in no database.
    explicit BadgeKey(std::span<const std::uint8_t, kSize> secret);
    ~BadgeKey();
    BadgeKey(const BadgeKey&) = delete;
    BadgeKey& operator=(const BadgeKey&) = delete;

    /// A number of canonical_number(), encrypted and authenticated (XSalsa20-Poly1305 under a fresh
    /// nonce); hexadecimal.
    [[nodiscard]] std::string seal(const std::string& number) const;
    /// The number again; nothing when it was not sealed with this key.
    [[nodiscard]] std::optional<std::string> open(const std::string& sealed) const;
    /// The same for the same number of a town (keyed BLAKE2b-256); hexadecimal.
    [[nodiscard]] std::string mark(TownId town, const std::string& number) const;
    /// Under which one agent's policy hides numbers: another for every agent.
    [[nodiscard]] policy::BadgeHashKey agent_key(TownId town, std::int64_t agent) const;

  private:
    std::array<std::uint8_t, kSize> sealing_{};
    std::array<std::uint8_t, kSize> marking_{};
    std::array<std::uint8_t, kSize> hashing_{};
};

}  // namespace creneau::access
