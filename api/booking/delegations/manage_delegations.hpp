#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/delegations/delegation_rules.hpp"
#include "api/booking/delegations/delegation_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>
#include <string>

#include <tl/expected.hpp>

namespace creneau::booking {

struct Delegate {
    TownId town{};
    PersonId actor{};  ///< the delegator
    PersonId delegate{};
    std::optional<SiteId> site;
    std::string from;
    std::string until;
    std::chrono::sys_seconds now;
};

/// Somebody who may decide names who does so while they are away. Writes delegation and audit line
/// in the caller's transaction; or everything that is wrong.
[[nodiscard]] tl::expected<Delegation, DelegationFaults> delegate(store::Session& session,
                                                                  const Delegate& order);

struct EndDelegation {
    TownId town{};
    PersonId actor{};
    DelegationId delegation{};
    std::chrono::sys_seconds now;
};

/// Ends one before its last date; what was decided by it stays. The office may, and the delegate
/// may decline.
[[nodiscard]] tl::expected<DelegationId, DelegationFaults> end_delegation(
    store::Session& session, const EndDelegation& order);

}  // namespace creneau::booking
