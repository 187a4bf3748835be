#pragma once

#include "api/booking/booking_types.hpp"
#include "api/booking/subscriptions/subscription_types.hpp"
#include "api/store/session.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace creneau::booking {

inline constexpr std::size_t kMostSubscriptions = 200;  ///< of one town

enum class SubscriptionFault : std::uint8_t {
    not_allowed,  ///< the office's to do
    unknown_site,
    unknown_room,
    site_and_room,  ///< one of them says it all
    bad_email,
    bad_hour,    ///< daily without 'HH:MM', or an hour without daily
    no_changes,  ///< told of nothing
    unknown_kind,
    too_many,
    unknown_subscription,
};

using SubscriptionFaults = std::vector<SubscriptionFault>;

/// One ASCII address local@domain of at most 254 characters, without spaces, quotes or brackets.
[[nodiscard]] bool is_mail_address(std::string_view text);

/// A local time 'HH:MM'.
[[nodiscard]] bool is_hour(std::string_view text);

struct Subscribe {
    TownId town{};
    PersonId actor{};
    Subscription subscription;
    std::chrono::sys_seconds now;
};

/// Writes subscription and audit line in the caller's transaction; or everything that is wrong.
[[nodiscard]] tl::expected<Subscription, SubscriptionFaults> subscribe(store::Session& session,
                                                                       const Subscribe& order);

struct Unsubscribe {
    TownId town{};
    PersonId actor{};
    SubscriptionId subscription{};
    std::chrono::sys_seconds now;
};

/// From then on nothing is queued, and what waits is not sent.
[[nodiscard]] tl::expected<SubscriptionId, SubscriptionFaults> unsubscribe(
    store::Session& session, const Unsubscribe& order);

}  // namespace creneau::booking
