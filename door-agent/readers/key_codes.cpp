#include "door-agent/readers/key_codes.hpp"

#include <cstdint>
#include <optional>

#include <linux/input-event-codes.h>

namespace creneau::door {

KeyMeaning meaning_of_key(std::uint16_t code) {
    if (code >= KEY_1 && code <= KEY_9) {
        return {static_cast<char>('1' + (code - KEY_1)), false};
    }
    if (code >= KEY_KP7 && code <= KEY_KP9) {
        return {static_cast<char>('7' + (code - KEY_KP7)), false};
    }
    if (code >= KEY_KP4 && code <= KEY_KP6) {
        return {static_cast<char>('4' + (code - KEY_KP4)), false};
    }
    if (code >= KEY_KP1 && code <= KEY_KP3) {
        return {static_cast<char>('1' + (code - KEY_KP1)), false};
    }
    if (code == KEY_0 || code == KEY_KP0) {
        return {'0', false};
    }
    if (code == KEY_ENTER || code == KEY_KPENTER || code == KEY_TAB) {
        return {std::nullopt, true};
    }
    return {};
}

bool is_modifier(std::uint16_t code) {
    switch (code) {
        case KEY_LEFTSHIFT:
        case KEY_RIGHTSHIFT:
        case KEY_LEFTCTRL:
        case KEY_RIGHTCTRL:
        case KEY_LEFTALT:
        case KEY_RIGHTALT:
        case KEY_LEFTMETA:
        case KEY_RIGHTMETA:
        case KEY_CAPSLOCK:
        case KEY_NUMLOCK:
            return true;
        default:
            return false;
    }
}

}  // namespace creneau::door
