#pragma once

#include "api/people/ids.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace creneau::audit {

using people::PersonId;
using people::TownId;

/// One line: who did what to what, for whom and when. Ids and codes only.
struct Line {
    std::chrono::sys_seconds at;
    std::optional<PersonId> actor;     ///< none: the system itself
    std::optional<PersonId> for_whom;  ///< set when somebody acts for somebody
    std::string_view action;           ///< "booking_approved", …
    std::string_view subject_kind;     ///< "booking", "pass"
    std::int64_t subject = 0;
    std::string_view ground;  ///< a code
};

/// Adds a line in the transaction of what it tells of.
void append(store::Session& session, TownId town, const Line& line);

}  // namespace creneau::audit
