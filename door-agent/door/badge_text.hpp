#pragma once

#include "policy/badge.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

namespace creneau::door {

/// How a reader spells the number of a badge.
struct BadgeFormat {
    enum class Spelling { hexadecimal, decimal, card };
    Spelling spelling = Spelling::hexadecimal;
    std::size_t bytes = 0;  ///< decimal: width of the number, 3 (Wiegand 26) to 8
};

/// The canonical number of what was read: hexadecimal digits are the bytes of the UID in the order
/// sent (4, 7 or 10 of them; of a card that a PC/SC reader asked itself also 5); a decimal number
/// is written big-endian in the format's width. Nothing for any other text. Its assurance is low:
/// whatever a reader types can be copied.
[[nodiscard]] std::optional<policy::BadgeNumber> badge_in(std::string_view text,
                                                          const BadgeFormat& format);

}  // namespace creneau::door
