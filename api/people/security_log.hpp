#pragma once

#include "api/people/ids.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>
#include <string_view>

namespace creneau::people {

/// Something about somebody's account that the security log keeps.
struct SecurityEvent {
    std::string_view action;        ///< "signed_in", "sign_in_refused", …
    std::optional<PersonId> actor;  ///< none: nobody has proved who they are, or the clock
    std::optional<PersonId> about;  ///< none: an address that is nobody's
    std::chrono::sys_seconds at;
    std::string_view ground = {};  ///< a code
};

void log_security(store::Session& session, TownId town, const SecurityEvent& event);

}  // namespace creneau::people
