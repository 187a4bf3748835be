#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace creneau::people {

inline constexpr std::size_t kShortestPassword = 12;  // characters
inline constexpr std::size_t kLongestPassword = 256;

/// What is wrong with a new password. There are no rules of composition.
enum class PasswordFault : std::uint8_t {
    too_short,
    too_long,
    guessable,  ///< the person's address, or hardly more than words of the town or the account
    breached,   ///< strangers have read it: see BreachedPasswords
};

/// What anybody would try first: the address as it was typed, and words of the town.
struct PasswordContext {
    std::string email;
    std::vector<std::string> words;  ///< the town's name and key, the office
};

/// Length in UTF-8 characters.
[[nodiscard]] std::size_t characters_of(std::string_view text);

/// Whether it holds the whole address, or, once the words of its context (case and accents aside;
/// "creneau" is always one) and all that is no letter are gone, fewer than four letters.
[[nodiscard]] bool is_guessable(std::string_view password, const PasswordContext& context);

/// Every fault but `breached`, which needs the list.
[[nodiscard]] std::vector<PasswordFault> password_faults(std::string_view password,
                                                         const PasswordContext& context);

}  // namespace creneau::people
