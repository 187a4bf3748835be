#pragma once

#include <cstdint>
#include <optional>

namespace creneau::door {

/// What a key means to a reader that types: a digit, the end of a frame, or nothing.
struct KeyMeaning {
    std::optional<char> digit;
    bool ends = false;

    bool operator==(const KeyMeaning&) const = default;
};

/// By position of the key (linux/input-event-codes.h), so that layout, Shift and Num Lock do not
/// matter: the upper row and the keypad are the same keys on nearly every keyboard.
[[nodiscard]] KeyMeaning meaning_of_key(std::uint16_t code);

/// Keys that print nothing (Shift, Control, Alt, Num Lock, ...): scanners press them around a
/// character. Any other unknown key makes a frame unreadable rather than shorter.
[[nodiscard]] bool is_modifier(std::uint16_t code);

}  // namespace creneau::door
