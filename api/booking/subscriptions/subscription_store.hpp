#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/subscriptions/subscription_types.hpp"
#include "api/mail/news_facts.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace creneau::booking {

// SQL of subscriptions, each query within one town.

/// Inserts a subscription that is told of nothing before now; answers its id.
[[nodiscard]] SubscriptionId insert_subscription(store::Session& session, TownId town,
                                                 const Subscription& subscription);

/// Those that have not ended, oldest first.
[[nodiscard]] std::vector<Subscription> select_subscriptions(store::Session& session, TownId town);

/// False when there is none, or it has ended before.
[[nodiscard]] bool end_subscription(store::Session& session, TownId town, SubscriptionId id,
                                    std::chrono::sys_seconds now);

/// Who wants a mail, and who answers for it.
struct Subscriber {
    SubscriptionId id{};
    PersonId created_by{};
    std::string service;
    std::string email;  ///< in lower case: who has several subscriptions is one reader
};

/// What became of a booking, as far as subscriptions tell bookings apart.
struct ToldOf {
    BookingChange change = BookingChange::requested;
    RoomId room{};
    std::string kind;  ///< empty: none
    bool of_association = false;
};

/// Who is told of it at once.
[[nodiscard]] std::vector<Subscriber> select_told_at_once(store::Session& session, TownId town,
                                                          const ToldOf& what);

/// A moment as the town's clocks show it.
struct TownMoment {
    std::string date;  ///< 'YYYY-MM-DD'
    std::string time;  ///< 'HH:MM'
};

/// Whose daily mail is due: the hour has come, and the day has had none.
[[nodiscard]] std::vector<Subscriber> select_due_daily(store::Session& session, TownId town,
                                                       const TownMoment& now);

/// Of each booking the last change that the subscriber wants to know, if it came after the last
/// daily mail and the booking was not given up or taken back to be decided since; the booking as it
/// stands now, by its start.
[[nodiscard]] std::vector<mail::NewsItem> select_news(store::Session& session, TownId town,
                                                      const Subscriber& subscriber);

/// Notes that the day had its mail, with all that has happened so far. False when somebody else
/// was faster.
[[nodiscard]] bool mark_told(store::Session& session, TownId town, const Subscriber& subscriber,
                             const std::string& date);

/// What a mail says of the town.
struct TownWords {
    std::string name;
    std::string service;
    std::string email;
    std::string phone;
    std::string time_zone;
};
[[nodiscard]] TownWords select_town_words(store::Session& session, TownId town);

}  // namespace creneau::booking
