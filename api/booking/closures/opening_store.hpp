#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/closures/closure_types.hpp"
#include "api/booking/holds/hold_types.hpp"
#include "api/store/session.hpp"

#include <optional>

namespace creneau::booking {

// SQL of closures that were removed and still occupy, each query within one town.

/// A removed closure whose line is being asked.
struct Opening {
    ClosureId closure{};
    Interval at;
    WaitId asked_to{};  ///< the waits up to this one have been asked
};

void insert_opening(store::Session& session, TownId town, ClosureId closure);

/// The one of that closure; without a closure, the oldest.
[[nodiscard]] std::optional<Opening> select_opening(store::Session& session, TownId town,
                                                    std::optional<ClosureId> closure = {});

void set_asked_to(store::Session& session, TownId town, ClosureId closure, WaitId asked_to);

/// Has the line of every opening over the claim asked once more, from `wait` on.
void ask_again_from(store::Session& session, TownId town, WaitId wait, const Claim& claim);

void delete_opening(store::Session& session, TownId town, ClosureId closure);

}  // namespace creneau::booking
