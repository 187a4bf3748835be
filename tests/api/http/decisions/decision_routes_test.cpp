#include "api/http/decision_routes.hpp"

#include "api/http/booking_routes.hpp"
#include "tests/api/http/called_routes.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {
namespace {

using booking::kCamille;
using booking::kDominique;
using booking::kOffice;
using nlohmann::json;

constexpr auto kPath = "/api/v1/bookings/decisions";

class DecisionRoutes : public CalledRoutes {
  protected:
    DecisionRoutes() {
        add_booking_routes(routes_);
        add_decision_routes(routes_);
    }
    /// A request for kOpen, where several may ask for the same.
    json asked(booking::PersonId person) {
        return expect(201, person, "POST", "/api/v1/bookings",
                      {{"room_id", 4},
                       {"start", "2026-12-05T18:30"},
                       {"end", "2026-12-05T20:30"},
                       {"attendees", 12},
                       {"purpose", "Répétition"}});
    }
    static json selected(const std::vector<json>& bookings) {
        auto list = json::array();
        for (const auto& booking : bookings) {
            list.push_back({{"id", booking["id"]}, {"sequence", booking["sequence"]}});
        }
        return list;
    }
};
CRENEAU_ON_BOTH_ENGINES(DecisionRoutes);

TEST_P(DecisionRoutes, APreviewShowsConflictsAndTheSameOrderThenDecides) {
    const auto one = asked(kDominique);
    const auto other = asked(kCamille);
    json order{{"decision", "approve"}, {"bookings", selected({one, other})}, {"preview", true}};
    const auto seen = expect(200, kOffice, "POST", kPath, order);
    EXPECT_EQ(seen["preview"], true);
    EXPECT_EQ(seen["decided"], 1);
    EXPECT_EQ(seen["left"], 1);
    EXPECT_EQ(seen["items"][0]["collides_with"], json::array({other["id"]}));
    EXPECT_EQ(seen["items"][1]["problem"]["code"], "room_taken");
    const auto path = "/api/v1/bookings/" + one["id"].dump();
    EXPECT_EQ(expect(200, kOffice, "GET", path)["status"], "pending");
    order.erase("preview");
    const auto done = expect(200, kOffice, "POST", kPath, order);
    EXPECT_EQ(done["preview"], false);
    EXPECT_EQ(done["items"], seen["items"]);
    EXPECT_EQ(done["items"][0]["outcome"], "approved");
    EXPECT_EQ(done["items"][0]["sequence"], 1);
    EXPECT_EQ(done["items"][1]["outcome"], "left");
    EXPECT_EQ(expect(200, kOffice, "GET", path)["status"], "approved");
    const auto again = expect(200, kOffice, "POST", kPath, order);
    EXPECT_EQ(again["decided"], 0);
    EXPECT_EQ(again["items"][0]["problem"]["status"], 412) << "compare and swap";
}

TEST_P(DecisionRoutes, WhatIsInTheWayIsAnsweredWithSlotsToMoveTo) {
    const auto taken = asked(kDominique);
    const auto one = asked(kCamille);
    const auto other = asked(kDominique);
    const auto path = [](const json& booking, const std::string& step) {
        return "/api/v1/bookings/" + booking["id"].dump() + step;
    };
    expect(200, kOffice, "POST", path(taken, "/approve"), json::object());
    const auto alone = expect(409, kOffice, "POST", path(one, "/approve"), json::object());
    EXPECT_EQ(alone["alternatives"].size(), 5U);
    const auto batch = expect(200, kOffice, "POST", kPath,
                              {{"decision", "approve"}, {"bookings", selected({one, other})}});
    EXPECT_EQ(batch["left"], 2);
    EXPECT_EQ(batch["items"][0]["problem"]["alternatives"], alone["alternatives"]);
    for (const auto& item : batch["items"]) {
        const auto& offers = item["problem"]["alternatives"];
        ASSERT_EQ(offers.size(), 5U);
        const auto& offer = offers[item["id"] == one["id"] ? 0 : 1];
        expect(200, kOffice, "POST", path(item, "/move"),
               {{"room_id", offer["room_id"]}, {"start", offer["start"]}, {"end", offer["end"]}});
        expect(200, kOffice, "POST", path(item, "/approve"), json::object());
    }
}

TEST_P(DecisionRoutes, NobodyIsOfferedWhatTheSameSelectionTakes) {
    const auto taken = asked(kDominique);
    const auto left = asked(kCamille);
    expect(200, kOffice, "POST", "/api/v1/bookings/" + taken["id"].dump() + "/approve",
           json::object());
    const auto after = expect(201, kDominique, "POST", "/api/v1/bookings",
                              {{"room_id", 4},
                               {"start", "2026-12-05T20:30"},
                               {"end", "2026-12-05T22:30"},
                               {"attendees", 12},
                               {"purpose", "Répétition"}});
    const auto done = expect(200, kOffice, "POST", kPath,
                             {{"decision", "approve"}, {"bookings", selected({left, after})}});
    EXPECT_EQ(done["items"][1]["outcome"], "approved");
    const auto& offers = done["items"][0]["problem"]["alternatives"];
    ASSERT_FALSE(offers.empty());
    EXPECT_EQ(offers[0]["start"], "2026-12-05T16:30");
}

TEST_P(DecisionRoutes, ABookingSaysWhoDidWhatForWhom) {
    const auto one = asked(kCamille);
    EXPECT_EQ(one["requested_by"]["name"], "Camille Roussel");
    const auto path = "/api/v1/bookings/" + one["id"].dump();
    expect(200, kOffice, "POST", path + "/approve");
    expect(200, kOffice, "POST", path + "/cancel", {{"reason", "weather_alert"}});
    const auto history = expect(200, kCamille, "GET", path)["history"];
    ASSERT_EQ(history.size(), 3U);
    EXPECT_EQ(history[0]["action"], "booking_cancelled");
    EXPECT_EQ(history[0]["by"]["name"], "Bureau");
    EXPECT_EQ(history[0]["for"]["name"], "Camille Roussel");
    EXPECT_EQ(history[0]["ground"], "weather_alert");
    EXPECT_EQ(history[2]["by"]["id"], 2);
    EXPECT_EQ(history[2]["for"], nullptr);
}

TEST_P(DecisionRoutes, AGroundOfTheOfficeIsSaidToBeOne) {
    const auto path = "/api/v1/bookings/" + asked(kDominique)["id"].dump();
    const auto refused =
        expect(422, kDominique, "POST", path + "/cancel", {{"reason", "weather_alert"}});
    EXPECT_EQ(codes_of(refused["errors"]), std::vector<std::string>{"unknown_ground"});
    EXPECT_NE(refused["errors"][0]["detail"].get<std::string>().find("for the office alone"),
              std::string::npos);
    EXPECT_EQ(codes_of(expect(422, kOffice, "POST", path + "/refuse",
                              {{"ground", "no_answer"}})["errors"]),
              std::vector<std::string>{"unknown_ground"})
        << "nobody chooses it";
    expect(200, kDominique, "POST", path + "/cancel", {{"reason", "other"}});
}

TEST_P(DecisionRoutes, ARefusalNeedsALawfulGround) {
    const auto one = asked(kDominique);
    json order{{"decision", "refuse"}, {"bookings", selected({one})}};
    EXPECT_EQ(codes_of(expect(422, kOffice, "POST", kPath, order)["errors"]),
              std::vector<std::string>{"required"});
    order["ground"] = "because";
    EXPECT_EQ(codes_of(expect(422, kOffice, "POST", kPath, order)["errors"]),
              std::vector<std::string>{"unknown_ground"});
    order["ground"] = "incomplete_file";
    order["text"] = "Il manque l’attestation.";
    EXPECT_EQ(expect(200, kOffice, "POST", kPath, order)["items"][0]["outcome"], "refused");
    const auto seen = expect(200, kDominique, "GET", "/api/v1/bookings/" + one["id"].dump());
    EXPECT_EQ(seen["ground"], "incomplete_file");
    EXPECT_EQ(seen["ground_text"], "Il manque l’attestation.");
}

TEST_P(DecisionRoutes, ASelectionThatIsNoneIsRefused) {
    const json one{{"id", 1}, {"sequence", 0}};
    const auto codes = [&](const json& order) {
        return codes_of(expect(422, kOffice, "POST", kPath, order)["errors"]);
    };
    using Codes = std::vector<std::string>;
    EXPECT_EQ(codes({{"decision", "maybe"}, {"bookings", {one, one}}}),
              (Codes{"unknown_word", "repeated"}));
    EXPECT_EQ(codes({{"decision", "approve"}}), Codes{"required"});
    EXPECT_EQ(codes({{"decision", "approve"}, {"bookings", json::array()}}), Codes{"required"});
    EXPECT_EQ(codes({{"decision", "approve"}, {"bookings", nullptr}}), Codes{"required"});
    EXPECT_EQ(codes({{"decision", "approve"}, {"bookings", {{{"id", 1}}}}}), Codes{"required"});
    EXPECT_EQ(codes({{"decision", "approve"}, {"bookings", json::array_t(101, one)}}),
              Codes{"too_many"});
    EXPECT_EQ(codes({{"decision", "approve"}, {"bookings", {one}}, {"ground", "public_order"}}),
              Codes{"unknown"});
}

}  // namespace
}  // namespace creneau::http
