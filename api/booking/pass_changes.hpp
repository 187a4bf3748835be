#pragma once

#include "api/access/passes.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/store/session.hpp"

namespace creneau::booking {

/// What every change to a pass says.
struct PassChange {
    TownId town{};
    Actor actor;
    access::PassRow pass{};
    std::chrono::sys_seconds now;
};

/// Takes the pass away at once. Its owner may say `lost`; the office any reason. `wrong_state` when
/// it is revoked already.
[[nodiscard]] Outcome<access::Pass> revoke_pass(store::Session& session, const PassChange& change,
                                                access::RevokeReason reason);

/// Gives a new code for the same window; the old one stops and the new one is mailed. Not after the
/// window, and by the office alone when the town took the pass away.
[[nodiscard]] Outcome<access::Pass> reissue_pass(store::Session& session, const PassChange& change);

/// The pass whose picture its owner may see: living, of an approved booking that has not ended.
[[nodiscard]] Outcome<access::Pass> pass_to_show(store::Session& session, const PassChange& change);

}  // namespace creneau::booking
