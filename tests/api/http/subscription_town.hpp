#pragma once

#include "api/booking/subscriptions/inform_services.hpp"
#include "api/http/booking_routes.hpp"
#include "api/http/series_routes.hpp"
#include "api/http/subscription_routes.hpp"
#include "api/mail/news_facts.hpp"
#include "api/mail/outbox_store.hpp"
#include "tests/api/http/called_routes.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>
#include <soci/soci.h>

namespace creneau::http {

using booking::kAlex;
using booking::kCamille;
using booking::kDominique;
using booking::kNow;
using booking::kOffice;
using nlohmann::json;
using std::chrono::days;
using std::chrono::hours;

/// The filled town, whose services may be told of bookings.
class SubscriptionTown : public CalledRoutes {
  protected:
    SubscriptionTown() {
        add_booking_routes(routes_);
        add_series_routes(routes_);
        add_subscription_routes(routes_);
    }

    static json heating() {
        return {{"service", "Chauffage"},
                {"email", "chauffage@le-pre.example.org"},
                {"changes", {"requested", "approved", "refused", "cancelled", "moved"}}};
    }
    static json with(json body, const json& more) {
        body.update(more);
        return body;
    }
    std::string subscribed(const json& body) {
        const auto response = post(kOffice, "/api/v1/subscriptions", body);
        EXPECT_EQ(response.status, 201) << response.body;
        return "/api/v1/subscriptions/" + json::parse(response.body)["id"].dump();
    }
    /// The id of a new series of four Saturdays.
    std::string series_of_four() {
        return expect(201, kCamille, "POST", "/api/v1/series",
                      {{"room_id", 1},
                       {"association_id", 1},
                       {"pattern", "weekly"},
                       {"weekdays", {"saturday"}},
                       {"first_date", "2026-12-05"},
                       {"count", 4},
                       {"start_time", "18:30"},
                       {"end_time", "20:30"},
                       {"attendees", 12},
                       {"purpose", "Répétition"}})["id"]
            .dump();
    }
    /// The mails queued for services, in order.
    std::vector<mail::NewsFacts> news() {
        std::vector<std::string> facts(300);
        session_->sql() << "SELECT facts FROM outbox WHERE template = 'news' ORDER BY id",
            soci::into(facts);
        std::vector<mail::NewsFacts> found;
        for (const auto& one : facts) {
            found.push_back(mail::parse_news(one).value());
        }
        return found;
    }
    /// "approved moved": the changes of the mails so far.
    std::string told() {
        std::string words;
        for (const auto& mail : news()) {
            words += (words.empty() ? "" : " ") + mail.items.front().change;
        }
        return words;
    }
    void digests(std::chrono::sys_seconds at) {
        const auto done = writer_.run([at](store::Session& session) -> tl::expected<bool, bool> {
            booking::queue_digests(session, booking::kTown, at);
            return true;
        });
        ASSERT_TRUE(done.value());
    }
};

}  // namespace creneau::http
