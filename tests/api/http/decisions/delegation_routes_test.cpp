#include "api/http/delegation_routes.hpp"

#include "api/http/booking_routes.hpp"
#include "api/http/decision_routes.hpp"
#include "api/http/series_routes.hpp"
#include "tests/api/http/called_routes.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {
namespace {

using booking::kAlex;
using booking::kCamille;
using booking::kDominique;
using booking::kOffice;
using nlohmann::json;

constexpr auto kPath = "/api/v1/delegations";

class DelegationRoutes : public CalledRoutes {
  protected:
    DelegationRoutes() {
        add_booking_routes(routes_);
        add_decision_routes(routes_);
        add_delegation_routes(routes_);
        add_series_routes(routes_);
        // Who decides for the town works for it.
        session_->execute(
            "INSERT INTO person_roles (town_id, person_id, role)"
            " VALUES (1, 4, 'human_resources')");
    }
    static json order() {
        return {{"delegate_id", 4}, {"from", "2026-11-24"}, {"until", "2026-11-26"}};
    }
    /// The path of a new request.
    std::string asked() {
        const auto booking = expect(201, kCamille, "POST", "/api/v1/bookings",
                                    {{"room_id", 1},
                                     {"start", "2026-12-05T18:30"},
                                     {"end", "2026-12-05T20:30"},
                                     {"attendees", 12},
                                     {"purpose", "Répétition"},
                                     {"association_id", 1}});
        return "/api/v1/bookings/" + booking["id"].dump();
    }
};
CRENEAU_ON_BOTH_ENGINES(DelegationRoutes);

TEST_P(DelegationRoutes, TheDelegateDecidesOnTheDatesAndTheAnswerSaysForWhom) {
    const auto path = asked();
    const auto given = expect(201, kOffice, "POST", kPath, order());
    EXPECT_EQ(given["delegator_name"], "Bureau");
    EXPECT_EQ(given["delegate_name"], "Alex Morel");
    EXPECT_EQ(given["stands"], false);
    expect(404, kAlex, "POST", path + "/approve", json::object());
    now_ += std::chrono::days{3};
    EXPECT_EQ(expect(200, kAlex, "GET", std::string(kPath) + "/" + given["id"].dump())["stands"],
              true);
    const auto inbox =
        expect(200, kAlex, "GET", "/api/v1/bookings", nullptr, {{"to_decide", "true"}});
    ASSERT_EQ(inbox["items"].size(), 1U);
    const auto approved = expect(200, kAlex, "POST", path + "/approve", json::object());
    EXPECT_EQ(approved["decided_by"], (json{{"id", 4}, {"name", "Alex Morel"}}));
    EXPECT_EQ(approved["decided_for"], (json{{"id", 1}, {"name", "Bureau"}}));
    now_ += std::chrono::days{3};
    expect(404, kAlex, "GET", path);
    EXPECT_EQ(expect(200, kCamille, "GET", path)["decided_for"]["name"], "Bureau");
}

TEST_P(DelegationRoutes, ASeriesThatReachesToAnotherSiteNamesTheDatesThatAreNotTheDelegates) {
    auto mandate = order();
    mandate["site_id"] = 1;
    expect(201, kOffice, "POST", kPath, mandate);
    const auto series = expect(201, kCamille, "POST", "/api/v1/series",
                               {{"room_id", 1},
                                {"association_id", 1},
                                {"pattern", "weekly"},
                                {"weekdays", {"saturday"}},
                                {"first_date", "2026-12-05"},
                                {"count", 3},
                                {"start_time", "18:30"},
                                {"end_time", "20:30"},
                                {"attendees", 12},
                                {"purpose", "Répétition"}});
    session_->execute("UPDATE bookings SET room_id = 2 WHERE series_date = '2026-12-12'");
    now_ += std::chrono::days{3};
    const auto path = "/api/v1/series/" + series["id"].dump() + "/approve";
    const auto problem = expect(403, kAlex, "POST", path, json::object());
    ASSERT_EQ(problem["dates"].size(), 1U);
    EXPECT_EQ(problem["dates"][0]["date"], "2026-12-12");
    EXPECT_EQ(problem["dates"][0]["errors"][0]["code"], "not_yours_to_decide");
    const auto states = [](const json& shown) {
        std::vector<std::string> words;
        for (const auto& occurrence : shown["occurrences"]) {
            words.push_back(occurrence["status"]);
        }
        return words;
    };
    const auto done = expect(200, kAlex, "POST", path, {{"conflicts", "skip"}});
    EXPECT_EQ(states(done), (std::vector<std::string>{"approved", "approved"}))
        << "the dates that are theirs to see";
    const auto whole =
        expect(200, kOffice, "GET", "/api/v1/series/" + series["id"].dump(), nullptr);
    EXPECT_EQ(states(whole), (std::vector<std::string>{"approved", "pending", "approved"}));
    expect(403, kCamille, "POST", path, json::object());
}

TEST_P(DelegationRoutes, OfASelectionTheDelegateDecidesOnTheirSitesRequests) {
    auto mandate = order();
    mandate["site_id"] = 1;
    expect(201, kOffice, "POST", kPath, mandate);
    asked();
    session_->execute("UPDATE bookings SET room_id = 2; DELETE FROM occupancies;");
    asked();
    now_ += std::chrono::days{3};
    const json selected{{{"id", 1}, {"sequence", 0}}, {{"id", 2}, {"sequence", 0}}};
    const auto done = expect(200, kAlex, "POST", "/api/v1/bookings/decisions",
                             {{"decision", "approve"}, {"bookings", selected}});
    EXPECT_EQ(done["items"][0]["outcome"], "left");
    EXPECT_EQ(done["items"][0]["problem"]["status"], 404) << "they may not see it";
    EXPECT_EQ(done["items"][1]["outcome"], "approved");
}

TEST_P(DelegationRoutes, AreListedInPagesToWhomTheyConcern) {
    for (int number = 0; number < 3; ++number) {
        expect(201, kOffice, "POST", kPath, order());
    }
    const auto page = expect(200, kOffice, "GET", kPath, nullptr, {{"limit", "2"}});
    ASSERT_EQ(page["items"].size(), 2U);
    const auto rest = expect(200, kOffice, "GET", kPath, nullptr,
                             {{"limit", "2"}, {"cursor", page["next"].get<std::string>()}});
    EXPECT_EQ(rest["items"].size(), 1U);
    EXPECT_EQ(rest["next"], nullptr);
    EXPECT_EQ(expect(200, kAlex, "GET", kPath)["items"].size(), 3U);
    EXPECT_EQ(expect(200, kDominique, "GET", kPath)["items"].size(), 0U);
    expect(404, kDominique, "GET", std::string(kPath) + "/" + rest["items"][0]["id"].dump());
}

TEST_P(DelegationRoutes, AreRefusedWithEverythingThatIsWrong) {
    expect(403, kCamille, "POST", kPath, order());
    const auto wrong =
        expect(422, kOffice, "POST", kPath,
               {{"delegate_id", 77}, {"site_id", 77}, {"from", "2026-11-31"}, {"until", "2026"}});
    EXPECT_EQ(
        codes_of(wrong["errors"]),
        (std::vector<std::string>{"bad_date", "bad_date", "unknown_delegate", "unknown_site"}));
    EXPECT_EQ(wrong["errors"][0]["field"], "/from");
    EXPECT_EQ(expect(422, kOffice, "POST", kPath, json::object())["errors"].size(), 3U);
    auto to_a_booker = order();
    to_a_booker["delegate_id"] = 3;
    const auto refused = expect(422, kOffice, "POST", kPath, to_a_booker);
    EXPECT_EQ(codes_of(refused["errors"]), std::vector<std::string>{"unknown_delegate"});
    expect(201, kOffice, "POST", kPath, order());
}

TEST_P(DelegationRoutes, AreEndedOnce) {
    const auto given = expect(201, kOffice, "POST", kPath, order());
    const auto path = std::string(kPath) + "/" + given["id"].dump();
    expect(404, kCamille, "DELETE", path);
    expect(204, kOffice, "DELETE", path);
    expect(404, kOffice, "DELETE", path);
    EXPECT_NE(expect(200, kOffice, "GET", path)["ended_at"], nullptr);
}

}  // namespace
}  // namespace creneau::http
