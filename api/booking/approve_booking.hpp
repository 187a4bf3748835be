#pragma once

#include "api/access/passes.hpp"
#include "api/booking/affair.hpp"
#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/change.hpp"
#include "api/store/session.hpp"

#include <optional>
#include <vector>

namespace creneau::booking {

/// The office says yes to a pending booking, unless buffers meet another one and it gives no reason
/// to set that aside: it occupies its spaces if it did not and takes its equipment (`room_taken`,
/// `equipment_short` when somebody else does by now), gets its access window and pass, and the
/// booker a mail. What is in the way is answered with alternatives: where a move could take it.
[[nodiscard]] Outcome<Booking> approve_booking(store::Session& session, const Change& change);

/// An approval whose mail is the caller's.
struct Approval {
    Affair affair;
    std::optional<access::Pass> pass;
};

/// All of approve_booking() but the mail, and alternatives: for a batch.
[[nodiscard]] Outcome<Approval> approve_untold(store::Session& session, const Change& change);

/// Its mail; answers the booking.
Booking tell_approval(store::Session& session, const Approval& approval);

/// Where a move could take a booking whose approval failed by these, as things are now; none of it
/// within `wanted`, what its series wants of the same room.
[[nodiscard]] std::vector<Alternative> alternatives_to(store::Session& session,
                                                       const Change& change,
                                                       const std::vector<Failure>& failures,
                                                       const std::vector<Interval>& wanted = {});

}  // namespace creneau::booking
