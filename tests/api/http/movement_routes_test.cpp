#include "api/http/movement_routes.hpp"

#include "api/access/badge_key.hpp"
#include "api/http/badge_routes.hpp"
#include "tests/api/http/called_routes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

namespace creneau::http {
namespace {

using booking::kCamille;
using booking::kDominique;
using booking::PersonId;
using nlohmann::json;

constexpr PersonId kHr{10};
constexpr PersonId kSacha{12};  // access administrator

class MovementRoutes : public CalledRoutes {
  protected:
    MovementRoutes() {
        add_movement_routes(routes_);
        const std::array<std::uint8_t, access::BadgeKey::kSize> secret{7};
        add_badge_routes(routes_, std::make_shared<const access::BadgeKey>(secret));
        session_->execute(
            "INSERT INTO people (id, town_id, key, name, email, locale) VALUES"
            " (10, 1, 'hr', 'RH', 'rh@le-pre.example.org', 'fr'),"
            " (12, 1, 'sacha', 'Sacha', 'sacha@le-pre.example.org', 'fr');"
            "INSERT INTO person_roles (town_id, person_id, role) VALUES (1, 10, 'human_resources'),"
            " (1, 12, 'access_administrator');"
            "INSERT INTO departments (id, town_id, name) VALUES (1, 1, 'Culture');"
            "INSERT INTO staff (person_id, town_id, department_id, from_date)"
            " VALUES (3, 1, 1, '2020-01-01')");
    }
    static std::string etag(const Response& response) {
        const auto found = std::ranges::find(response.headers, "ETag",
                                             &std::pair<std::string, std::string>::first);
        return found == response.headers.end() ? "" : found->second;
    }
};
CRENEAU_ON_BOTH_ENGINES(MovementRoutes);

TEST_P(MovementRoutes, AnnounceADepartureInLocalTimeAndShowBoth) {
    const auto made = expect(201, kHr, "POST", "/api/v1/staff/3/departure",
                             {{"ends", "2026-12-05T18:00"}, {"delay_hours", 48}});
    EXPECT_EQ(made["at"], "2026-12-05T17:00:00Z");
    EXPECT_EQ(made["local_at"], "2026-12-05T18:00");
    EXPECT_EQ(made["state"], "announced");
    EXPECT_EQ(made["delay_hours"], 48);
    EXPECT_EQ(made["notices"].size(), 2U) << "no line manager";
    const auto path = "/api/v1/staff/movements/" + made["id"].dump();
    const auto read = call(kHr, "GET", path);
    Call change{kHr, "PATCH", path, {{"at", "2026-12-06"}}, {{"if-match", etag(read)}}};
    const auto changed = call(change);
    EXPECT_EQ(changed.status, 200) << changed.body;
    EXPECT_EQ(json::parse(changed.body)["local_at"], "2026-12-07T00:00");
    EXPECT_EQ(call(change).status, 412);
    EXPECT_EQ(expect(200, kHr, "DELETE", path)["state"], "withdrawn");
    EXPECT_EQ(expect(200, kHr, "GET", "/api/v1/staff/movements")["items"].size(), 1U);
}

TEST_P(MovementRoutes, SayEverythingThatIsWrongByField) {
    const auto errors = expect(422, kHr, "POST", "/api/v1/staff/arrivals",
                               {{"name", "Jo"},
                                {"email", "no address"},
                                {"department_id", 7},
                                {"starts", "demain"}})["errors"];
    EXPECT_EQ(codes_of(errors),
              (std::vector<std::string>{"bad_email", "unknown_department", "bad_time"}));
    EXPECT_EQ(errors[2]["field"], "/starts");
    expect(422, kHr, "POST", "/api/v1/staff/arrivals", {{"name", "Jo"}, {"roles", {"office"}}});
    expect(422, kHr, "POST", "/api/v1/staff/3/departure", json::object());
    EXPECT_EQ(number("SELECT COUNT(*) FROM staff_movements"), 0);
    expect(201, kHr, "POST", "/api/v1/staff/3/departure", {{"ends", "2026-12-05"}});
}

TEST_P(MovementRoutes, AreAcknowledgedOnceByWhoAnswersForAStep) {
    const auto made =
        expect(201, kHr, "POST", "/api/v1/staff/3/departure", {{"ends", "2026-12-05"}});
    const auto path = "/api/v1/staff/movements/" + made["id"].dump() + "/acknowledge";
    expect(404, kCamille, "POST", path);
    expect(403, kHr, "POST", path);
    const auto notices = expect(200, kSacha, "POST", path)["notices"];
    EXPECT_EQ(notices[1]["step"], "access");
    EXPECT_EQ(notices[1]["acknowledged_by"], (json{{"person_id", 12}, {"name", "Sacha"}}));
    EXPECT_EQ(notices[0]["acknowledged_at"], nullptr);
}

TEST_P(MovementRoutes, ShowNoNumberOfABadge) {
    const auto given = expect(201, kSacha, "POST", "/api/v1/badges",
                              {{"number", "04:A2:19:B2"}, {"person_id", 3}});
    EXPECT_EQ(given["state"], "issued");
    const auto path = "/api/v1/badges/" + given["id"].dump();
    const auto listed = call(kSacha, "GET", "/api/v1/badges");
    for (const auto* form : {"A219", "a219", "A2:19"}) {
        EXPECT_EQ((given.dump() + listed.body).find(form), std::string::npos);
    }
    expect(403, kDominique, "GET", "/api/v1/badges");
    expect(403, kHr, "POST", path + "/lost");
    EXPECT_EQ(expect(200, kSacha, "POST", path + "/lost")["state"], "lost");
    EXPECT_EQ(expect(200, kSacha, "POST", path + "/return")["state"], "returned");
    expect(404, kSacha, "POST", "/api/v1/badges/99/lost");
}

}  // namespace
}  // namespace creneau::http
