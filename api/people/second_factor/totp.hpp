#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace creneau::people {

// Time-based one-time codes (RFC 6238) as authenticator apps make them: SHA-1, six digits, a new
// one every thirty seconds.

inline constexpr std::size_t kTotpSecretSize = 20;
inline constexpr std::chrono::seconds kTotpStep{30};
using TotpSecret = std::array<std::uint8_t, kTotpSecretSize>;

[[nodiscard]] TotpSecret new_totp_secret();

/// As somebody types it into their app: RFC 4648, 32 letters.
[[nodiscard]] std::string base32_of(const TotpSecret& secret);

/// The six digits of a step, counted from 1970 on.
[[nodiscard]] std::string totp_code(const TotpSecret& secret, std::int64_t step);

/// The step whose code those digits are, if it is the present one or the one before or behind it,
/// and later than `after`. Takes the same time whatever the digits.
[[nodiscard]] std::optional<std::int64_t> step_of_code(const TotpSecret& secret,
                                                       std::string_view digits,
                                                       std::chrono::sys_seconds now,
                                                       std::int64_t after);

}  // namespace creneau::people
