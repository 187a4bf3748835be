#pragma once

#include "api/people/ids.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace creneau::people {

enum class CodeId : std::int64_t {};

/// What a one-time code by mail is for.
enum class CodeKind : std::uint8_t { invitation, password_reset, sign_in };

/// A code but for its letters: those are derived when it is mailed and when somebody enters it.
struct AccountCode {
    CodeId id{};
    CodeKind kind{};
    PersonId person{};
    std::string salt;
    std::chrono::sys_seconds created_at{};
    std::chrono::sys_seconds ends_at{};
    std::int64_t tries = 0;  ///< wrong ones
    bool used = false;
};

inline constexpr std::int64_t kMostTries = 5;  ///< of one code
/// Of one person and kind, when anybody can ask for them. While so many live no other is mailed:
/// who has the mailbox has one that serves, whatever strangers ask for.
inline constexpr std::int64_t kMostLivingCodes = 3;

/// The word the database uses: "invitation", "password_reset", "sign_in".
[[nodiscard]] std::string_view word_of(CodeKind kind);
[[nodiscard]] std::optional<CodeKind> code_kind_of(std::string_view word);

/// How long a code can be used: 7 days, 10 minutes, 10 minutes.
[[nodiscard]] std::chrono::seconds lifetime_of(CodeKind kind);

/// An invitation ends the one before; what anybody can ask for does not.
[[nodiscard]] bool ends_older(CodeKind kind);

/// Not used, not over, not tried too often.
[[nodiscard]] bool lives(const AccountCode& code, std::chrono::sys_seconds now);

/// The letters that `bytes` (32 of them) stand for: "7K2M-9QXT-B4HD" of an alphabet without
/// look-alikes (60 bits), or eight digits to sign in.
[[nodiscard]] std::string letters_of(CodeKind kind, std::span<const std::uint8_t> bytes);

/// What somebody typed, in the form of letters_of: case, blanks and hyphens aside, with O read as
/// 0, I and L as 1. Nothing when it cannot be such a code.
[[nodiscard]] std::optional<std::string> typed_letters(CodeKind kind, std::string_view typed);

}  // namespace creneau::people
