#pragma once

#include "policy/door.hpp"

#include <string_view>

namespace creneau::access {

/// How a door stands by what people decided, beside what anybody's rights are: as its policy says.
using DoorState = policy::ServiceState;

/// "in_service", "disabled", "lockdown".
[[nodiscard]] constexpr std::string_view word_of(DoorState state) {
    switch (state) {
        case DoorState::in_service:
            return "in_service";
        case DoorState::disabled:
            return "disabled";
        case DoorState::lockdown:
            break;
    }
    return "lockdown";
}

}  // namespace creneau::access
