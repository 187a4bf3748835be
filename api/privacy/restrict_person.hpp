#pragma once

#include "api/people/ids.hpp"
#include "api/privacy/erasure_types.hpp"
#include "api/store/session.hpp"

#include <chrono>

#include <tl/expected.hpp>

namespace creneau::privacy {

struct RestrictPerson {
    people::TownId town{};
    people::PersonId actor{};  ///< rights are read again in the transaction
    people::PersonId person{};
    bool restricted = true;
    std::chrono::sys_seconds now;
};
/// Keeps what is known of somebody from everybody but themselves and who answers for data (article
/// 18 of the GDPR), or ends that; nothing is deleted. Never of who was erased.
[[nodiscard]] tl::expected<people::PersonId, EraseFault> restrict_person(
    store::Session& session, const RestrictPerson& order);

}  // namespace creneau::privacy
