#pragma once

#include "api/people/ids.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>

#include <tl/expected.hpp>

namespace creneau::people {

enum class EndSessionsFault : std::uint8_t { not_allowed, unknown };

struct EndSessions {
    TownId town{};
    PersonId actor{};  ///< rights are read again in the transaction
    PersonId person{};
    std::chrono::sys_seconds now;
};
/// Signs somebody out everywhere; their account, password and tokens stay as they are. A line of
/// the security log.
[[nodiscard]] tl::expected<PersonId, EndSessionsFault> end_sessions(store::Session& session,
                                                                    const EndSessions& order);

}  // namespace creneau::people
