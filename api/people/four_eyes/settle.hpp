#pragma once

#include "api/people/ids.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <string>

#include <tl/expected.hpp>

namespace creneau::people {

enum class SettleFault : std::uint8_t {
    unknown,     ///< nobody of the town with a role that four eyes rest on has this address
    not_needed,  ///< two settled administrators are there: they need nobody new
};

/// Makes somebody count as a second person at once, by whoever runs the server: for a town that has
/// no two administrators whom nobody let in lately. A line of the security log, and a mail to the
/// other administrators.
[[nodiscard]] tl::expected<PersonId, SettleFault> settle(store::Session& session, TownId town,
                                                         const std::string& email,
                                                         std::chrono::sys_seconds now);

}  // namespace creneau::people
