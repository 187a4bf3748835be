#pragma once

#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <string>

#include <tl/expected.hpp>

namespace creneau::people {

/// An administrator takes the second factor of somebody away who has lost it.
struct ResetSecondFactor {
    TownId town{};
    PersonId actor{};
    PersonId person{};
    std::chrono::sys_seconds proved_at;  ///< when the actor last proved who they are
    std::chrono::sys_seconds now;
};

enum class ResetError : std::uint8_t {
    forbidden,     ///< no administrator, or one's own
    proof_needed,  ///< of the actor
    unknown,       ///< nobody of the town, or somebody without one
};

/// Ends their sessions, codes and tokens, and tells them by mail. Their password stays.
[[nodiscard]] tl::expected<PersonId, ResetError> reset_second_factor(
    store::Session& session, const ResetSecondFactor& order);

/// The same by whoever runs the server: the only way back of a town's sole administrator.
[[nodiscard]] tl::expected<PersonId, ResetError> reset_second_factor_of(
    store::Session& session, TownId town, const std::string& email, std::chrono::sys_seconds now);

}  // namespace creneau::people
