#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace creneau::people {

/// What somebody enters beside the password; empty: not entered.
struct EnteredFactor {
    std::string totp;           ///< the digits of their app
    std::string recovery_code;  ///< instead of it
};

/// The digits as an app shows them, blanks aside: "123 456".
[[nodiscard]] std::string typed_totp(std::string_view typed);

inline constexpr std::size_t kRecoveryCodes = 10;
inline constexpr std::size_t kRecoveryLetters = 24;  ///< 120 bits: enough for a plain hash
using RecoveryBytes = std::array<std::uint8_t, kRecoveryLetters>;

/// "7K2M-9QXT-B4HD-0VWN-3RZC-8JPY": random bytes in an alphabet without look-alikes.
[[nodiscard]] std::string recovery_letters(const RecoveryBytes& bytes);

/// What somebody typed in the form of recovery_letters(): case, blanks and hyphens aside, with O
/// read as 0, I and L as 1. Nothing when it cannot be such a code.
[[nodiscard]] std::optional<std::string> typed_recovery_code(std::string_view typed);

/// Whose app it is, as it is shown there.
struct AppLabel {
    std::string issuer;   ///< the town
    std::string account;  ///< the address
};
/// What an app reads from a QR code: otpauth://totp/… (Google Authenticator's key URI format).
[[nodiscard]] std::string otpauth_uri(const AppLabel& label, std::string_view base32);

/// How somebody stands with a second factor.
enum class FactorState : std::uint8_t {
    off,
    on,
    must_enrol,  ///< staff, and none is on
};
/// "off", "on", "must_enrol".
[[nodiscard]] std::string_view word_of(FactorState state);

}  // namespace creneau::people
