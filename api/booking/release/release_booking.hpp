#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/release/doubts.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <optional>

namespace creneau::booking {

/// What keeps the rest of an approved booking that goes on from being given back, where its room
/// gives back and its time has come; none: nothing does.
[[nodiscard]] std::optional<Doubt> release_doubt(store::Session& session, TownId town,
                                                 const Booking& booking,
                                                 std::chrono::sys_seconds now);

/// Ends the booking now, to the whole minute upward, where it is proved that nobody came: its
/// spaces and equipment are free for the rest, its window and passes end, the booker and the
/// services are told, and who waits is served. False: nothing was written.
bool release_booking(store::Session& session, TownId town, BookingId booking,
                     std::chrono::sys_seconds now);

}  // namespace creneau::booking
