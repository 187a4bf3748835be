#pragma once

#include "api/http/booking_routes.hpp"
#include "api/http/closure_routes.hpp"
#include "api/http/feed_routes.hpp"
#include "api/http/hold_routes.hpp"
#include "api/http/series_routes.hpp"
#include "tests/api/http/called_routes.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>

#include <nlohmann/json.hpp>

namespace creneau::http {

inline std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
        ++found;
    }
    return found;
}

inline bool has(const std::string& text, const std::string& part) {
    return count(text, part) > 0;
}

/// A town whose calendars are followed.
class FeedTown : public CalledRoutes {
  protected:
    FeedTown() {
        add_booking_routes(routes_);
        add_closure_routes(routes_);
        add_series_routes(routes_);
        add_feed_routes(routes_);
        add_hold_routes(routes_);
    }

    /// The address of a new calendar.
    std::string feed(booking::PersonId person, const std::string& kind, int subject = 0) {
        nlohmann::json body{{"kind", kind}};
        if (subject != 0) {
            body["subject_id"] = subject;
        }
        const auto response = post(person, "/api/v1/feeds", body);
        EXPECT_EQ(response.status, 201) << response.body;
        return nlohmann::json::parse(response.body)["path"];
    }
    Response read(const std::string& path) { return call({{}, "GET", path}); }
    std::string calendar(const std::string& path) {
        const auto response = read(path);
        EXPECT_EQ(response.status, 200) << response.body;
        return response.body;
    }
    std::string asked_series() {
        const auto response = post(booking::kCamille, "/api/v1/series",
                                   {{"room_id", 1},
                                    {"association_id", 1},
                                    {"pattern", "weekly"},
                                    {"weekdays", {"saturday"}},
                                    {"first_date", "2026-12-05"},
                                    {"count", 4},
                                    {"start_time", "18:30"},
                                    {"end_time", "20:30"},
                                    {"attendees", 12},
                                    {"purpose", "Répétition"}});
        EXPECT_EQ(response.status, 201) << response.body;
        return "/api/v1/series/" + nlohmann::json::parse(response.body)["id"].dump();
    }
};

}  // namespace creneau::http
