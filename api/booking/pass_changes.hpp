#pragma once

#include "api/access/passes.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <vector>

namespace creneau::booking {

/// What every change to a pass says.
struct PassChange {
    TownId town{};
    PersonId actor{};  ///< rights are read again in the transaction
    access::PassRow pass{};
    std::chrono::sys_seconds now;
};

/// Takes the pass away at once. Its owner may say `lost`, the office any reason but those that
/// changes to the booking give. `unknown_booking` when the actor may not see it, `wrong_state` when
/// it is revoked already.
[[nodiscard]] Outcome<access::Pass> revoke_pass(store::Session& session, const PassChange& change,
                                                access::RevokeReason reason);

/// Gives a new code for the same window: the old one stops, the new one is mailed. `ended` after
/// the window; `not_allowed` when the town took the pass away and the actor is not the office.
[[nodiscard]] Outcome<access::Pass> reissue_pass(store::Session& session, const PassChange& change);

/// The passes of a booking that the reader may see, without their codes.
[[nodiscard]] Outcome<std::vector<access::Pass>> list_passes(store::Session& session, TownId town,
                                                             const people::Person& reader,
                                                             BookingId booking);

/// The pass whose code the reader may see: they own it (the office does not), it lives and its
/// window has not ended.
[[nodiscard]] Outcome<access::Pass> pass_to_show(store::Session& session, const PassChange& change);

}  // namespace creneau::booking
