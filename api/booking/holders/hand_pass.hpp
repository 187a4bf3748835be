#pragma once

#include "api/booking/booking_error.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/holders/holder_types.hpp"
#include "api/booking/pass_changes.hpp"
#include "api/people/person.hpp"
#include "api/store/readers.hpp"
#include "api/store/session.hpp"
#include "api/store/writer.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace creneau::booking {

// Passes in the hands of members, whom the town does not know: the managers of the association say
// who holds which, and they alone read it. Everybody else, the office too, is told `not_allowed`
// where they may see the booking and `unknown_booking` where they may not.

/// Passes of one booking, at most; never more than who is expected.
inline constexpr std::int64_t kMostPasses = 30;

struct MorePasses {
    TownId town{};
    PersonId actor{};
    BookingId booking{};
    std::chrono::sys_seconds now;
};

/// Makes one more pass of an approved booking that has one. `wrong_state` while it has none,
/// `ended`, `too_many_passes`. No mail leaves.
[[nodiscard]] Outcome<access::Pass> add_pass(store::Session& session, const MorePasses& order);

struct HandPass {
    PassChange change;
    std::string name;                  ///< may be empty
    std::optional<std::string> email;  ///< where the code goes; kept until the mail has left
};

/// Says who holds a pass, in place of who did, and mails it where an address is given; a mail to
/// the one before that waits still is not sent. `wrong_state` and `ended` when there is no code to
/// send.
[[nodiscard]] Outcome<PassHolder> hand_pass(store::Session& session, const HandPass& order);

/// Forgets who holds it. The code stays good: revoke it to stop it.
[[nodiscard]] Outcome<PassHolder> take_pass_back(store::Session& session, const PassChange& change);

/// The passes of a booking with who holds them.
[[nodiscard]] Outcome<std::vector<PassHolder>> list_holders(store::Session& session, TownId town,
                                                            const people::Person& reader,
                                                            BookingId booking);

/// Forgets who held the passes of bookings that are over; for a clock's tick.
void forget_past_holders(store::Readers& readers, store::Writer& writer, TownId town,
                         std::chrono::sys_seconds now);

}  // namespace creneau::booking
