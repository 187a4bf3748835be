#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/subscriptions/subscription_types.hpp"
#include "api/mail/news_facts.hpp"
#include "api/store/session.hpp"

#include <string>
#include <vector>

namespace creneau::booking {

/// Where a moved booking was before.
struct Departure {
    BookingId booking{};
    RoomId room{};
    std::string local_start;
    std::string local_end;
};

/// Keeps it by the audit line of the move, which is the booking's last one.
void insert_departure(store::Session& session, TownId town, const Departure& departure);

/// What the next daily mail of this subscription says of bookings that have left what it follows,
/// each with where it was there; by where they stand now. One that came back is not among them.
[[nodiscard]] std::vector<mail::NewsItem> select_departed(store::Session& session, TownId town,
                                                          SubscriptionId subscription);

}  // namespace creneau::booking
