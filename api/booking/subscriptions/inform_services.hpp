#pragma once

#include "api/booking/affair.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/subscriptions/subscription_types.hpp"
#include "api/mail/facts.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <vector>

namespace creneau::booking {

/// What a mail to the booker says of the booking; nothing when it says of a code only.
[[nodiscard]] std::optional<BookingChange> change_in(mail::Template name);

/// Where a moved booking was.
struct Left {
    RoomId room{};
    mail::FormerSlot slot;
};
using LeftPlaces = std::map<BookingId, Left>;

/// Queues one mail about these bookings, all changed in the same way, to each address that is told
/// of it at once, whatever number of its subscriptions say so; in the transaction of the change.
/// Who is told of the room that a moved booking has left is told too.
void inform_services(store::Session& session, BookingChange change,
                     const std::vector<Affair>& changed, const LeftPlaces& left = {});

/// Whether some daily mail is due. Reads only.
[[nodiscard]] bool has_due_digest(store::Session& session, TownId town,
                                  std::chrono::sys_seconds now);

/// Queues every daily mail that is due, one to each address, and notes in the same transaction that
/// the day had it, so that no day has two, whatever ends when. A day without news has no mail; one
/// that was missed is told with the next.
void queue_digests(store::Session& session, TownId town, std::chrono::sys_seconds now);

}  // namespace creneau::booking
