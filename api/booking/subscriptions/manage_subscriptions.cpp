#include "api/booking/subscriptions/manage_subscriptions.hpp"

#include "api/audit/audit_store.hpp"
#include "api/booking/booking_rights.hpp"
#include "api/booking/booking_store.hpp"
#include "api/booking/booking_types.hpp"
#include "api/booking/estate_store.hpp"
#include "api/booking/kinds/check_kind.hpp"
#include "api/booking/local_time.hpp"
#include "api/booking/subscriptions/subscription_store.hpp"
#include "api/booking/subscriptions/subscription_types.hpp"
#include "api/people/people_store.hpp"
#include "api/store/session.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace creneau::booking {

namespace {

constexpr std::size_t kLongestAddress = 254;

bool of_office(store::Session& session, TownId town, PersonId actor) {
    const auto person = people::find_person(session, town, actor);
    return person && is_office(*person);
}

bool knows_site(store::Session& session, TownId town, SiteId site) {
    const auto sites = list_sites(session, town);
    return std::ranges::find(sites, site, &Site::id) != sites.end();
}

SubscriptionFaults faults_of(store::Session& session, TownId town, const Subscription& wanted) {
    SubscriptionFaults faults;
    const auto unless = [&faults](bool right, SubscriptionFault fault) {
        if (!right) {
            faults.push_back(fault);
        }
    };
    unless(!wanted.site || knows_site(session, town, *wanted.site),
           SubscriptionFault::unknown_site);
    unless(!wanted.room || find_room(session, town, *wanted.room), SubscriptionFault::unknown_room);
    unless(!wanted.site || !wanted.room, SubscriptionFault::site_and_room);
    unless(is_mail_address(wanted.email), SubscriptionFault::bad_email);
    unless(wanted.rhythm == Rhythm::daily ? is_hour(wanted.daily_at) : wanted.daily_at.empty(),
           SubscriptionFault::bad_hour);
    unless(!wanted.changes.empty() || wanted.alarms, SubscriptionFault::no_changes);
    unless(std::ranges::all_of(wanted.kinds,
                               [&](const std::string& kind) {
                                   return !kind.empty() && check_kind(session, town, kind).empty();
                               }),
           SubscriptionFault::unknown_kind);
    unless(select_subscriptions(session, town).size() < kMostSubscriptions,
           SubscriptionFault::too_many);
    return faults;
}

audit::Line line_of(std::chrono::sys_seconds at, PersonId actor, SubscriptionId subscription) {
    audit::Line line;
    line.at = at;
    line.actor = actor;
    line.subject_kind = "subscription";
    line.subject = static_cast<std::int64_t>(subscription);
    return line;
}

}  // namespace

bool is_mail_address(std::string_view text) {
    constexpr std::string_view kForbidden = "\"<>()[],;:\\";
    const std::size_t at = text.find('@');
    return text.size() <= kLongestAddress && at != std::string_view::npos && at > 0 &&
           at + 1 < text.size() && text.find('@', at + 1) == std::string_view::npos &&
           std::ranges::all_of(text, [&](char c) {
               return c > ' ' && c < '\x7f' && kForbidden.find(c) == std::string_view::npos;
           });
}

bool is_hour(std::string_view text) {
    // Any date will do: what is read is the time.
    const std::string day = "2026-01-15T";
    return text.size() == 5 &&
           resolve_slot(day + std::string(text), "2026-01-16T23:59", "UTC").has_value();
}

tl::expected<Subscription, SubscriptionFaults> subscribe(store::Session& session,
                                                         const Subscribe& order) {
    if (!of_office(session, order.town, order.actor)) {
        return tl::unexpected(SubscriptionFaults{SubscriptionFault::not_allowed});
    }
    auto faults = faults_of(session, order.town, order.subscription);
    if (!faults.empty()) {
        return tl::unexpected(faults);
    }
    Subscription subscription = order.subscription;
    subscription.created_by = order.actor;
    subscription.created_at = order.now;
    subscription.id = insert_subscription(session, order.town, subscription);
    audit::Line line = line_of(order.now, order.actor, subscription.id);
    line.action = "subscription_created";
    audit::append(session, order.town, line);
    return subscription;
}

tl::expected<SubscriptionId, SubscriptionFaults> unsubscribe(store::Session& session,
                                                             const Unsubscribe& order) {
    if (!of_office(session, order.town, order.actor)) {
        return tl::unexpected(SubscriptionFaults{SubscriptionFault::not_allowed});
    }
    if (!end_subscription(session, order.town, order.subscription, order.now)) {
        return tl::unexpected(SubscriptionFaults{SubscriptionFault::unknown_subscription});
    }
    audit::Line line = line_of(order.now, order.actor, order.subscription);
    line.action = "subscription_ended";
    audit::append(session, order.town, line);
    return order.subscription;
}

}  // namespace creneau::booking
