#include "api/http/hold_routes.hpp"

#include "api/http/booking_routes.hpp"
#include "api/http/estate_routes.hpp"
#include "tests/api/http/called_routes.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
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

class HoldRoutes : public CalledRoutes {
  protected:
    HoldRoutes() {
        add_estate_routes(routes_);
        add_booking_routes(routes_);
        add_hold_routes(routes_);
    }

    static json wish_of(int association = 0) {
        json wish{{"room_id", 1},
                  {"start", "2026-12-05T18:30"},
                  {"end", "2026-12-05T20:30"},
                  {"attendees", 12},
                  {"purpose", "Répétition"}};
        if (association != 0) {
            wish["association_id"] = association;
        }
        return wish;
    }
    json held() {
        auto order = wish_of(1);
        order["booker_id"] = 2;
        order["until"] = "2026-11-28T12:00";
        return expect(201, kOffice, "POST", "/api/v1/holds", order);
    }
};
CRENEAU_ON_BOTH_ENGINES(HoldRoutes);

TEST_P(HoldRoutes, AHoldIsSeenByItsHolderAndTheOfficeAndBookedOnce) {
    const auto hold = held();
    EXPECT_EQ(hold["status"], "held");
    EXPECT_EQ(hold["expires_at"], "2026-11-28T11:00:00Z");
    EXPECT_EQ(hold["until"], "2026-11-28T12:00");
    const auto path = "/api/v1/holds/" + hold["id"].dump();
    EXPECT_EQ(expect(200, kCamille, "GET", path), hold);
    expect(404, kAlex, "GET", path);
    expect(404, kAlex, "POST", path + "/book");
    expect(404, kAlex, "DELETE", path);
    EXPECT_EQ(expect(200, kOffice, "GET", "/api/v1/holds")["items"].size(), 1U);
    EXPECT_EQ(expect(200, kAlex, "GET", "/api/v1/holds")["items"].size(), 0U);
    const auto booking = expect(201, kCamille, "POST", path + "/book");
    EXPECT_EQ(booking["status"], "pending");
    EXPECT_EQ(booking["booker_id"], 2);
    expect(409, kCamille, "POST", path + "/book");
    EXPECT_EQ(expect(200, kCamille, "GET", path)["status"], "booked");
}

TEST_P(HoldRoutes, AHeldSlotIs409WithItsOwnCodeUntilTheDeadline) {
    held();
    const auto problem = expect(409, kAlex, "POST", "/api/v1/bookings", wish_of(2));
    EXPECT_EQ(problem["code"], "room_held");
    EXPECT_EQ(problem.dump().find("Camille"), std::string::npos) << "for whom is not said";
    EXPECT_FALSE(problem["alternatives"].empty());
    now_ += std::chrono::days(7);
    expect(201, kAlex, "POST", "/api/v1/bookings", wish_of(2));
}

TEST_P(HoldRoutes, NeitherAHoldNorAWaitTakesAKindThatNobodyWouldKeep) {
    auto order = wish_of(1);
    order["kind"] = "";
    expect(422, kCamille, "POST", "/api/v1/waiting-list", order);
    order["until"] = "2026-11-28T12:00";
    const auto problem = expect(422, kOffice, "POST", "/api/v1/holds", order);
    EXPECT_EQ(problem["errors"][0]["code"], "unknown");
    EXPECT_EQ(problem["errors"][0]["field"], "/kind");
}

TEST_P(HoldRoutes, TheScheduleShowsAHoldWhileItHolds) {
    held();
    const CalledRoutes::Query range{
        {"from", "2026-12-05T00:00:00Z"}, {"to", "2026-12-06T00:00:00Z"}, {"room", "1"}};
    const auto entries = [&](std::optional<booking::PersonId> person) {
        return expect(200, person, "GET", "/api/v1/schedule", nullptr,
                      range)["items"][0]["entries"];
    };
    EXPECT_EQ(entries(std::nullopt)[0]["kind"], "busy");
    EXPECT_EQ(entries(kAlex)[0]["kind"], "hold");
    EXPECT_EQ(entries(kAlex)[0]["expires_at"], "2026-11-28T11:00:00Z");
    now_ += std::chrono::days(7);
    EXPECT_TRUE(entries(std::nullopt).empty());
    EXPECT_TRUE(entries(kAlex).empty());
}

TEST_P(HoldRoutes, OnlyTheOfficePlacesAHoldAndWrongMembersAreNamed) {
    auto order = wish_of(1);
    order["until"] = "2026-11-28T12:00";
    expect(403, kCamille, "POST", "/api/v1/holds", order);
    order["until"] = "soon";
    order["booker_id"] = 2;
    const auto rule = expect(422, kOffice, "POST", "/api/v1/holds", order);
    EXPECT_EQ(rule["errors"][0]["field"], "/until");
    EXPECT_EQ(rule["errors"][0]["code"], "bad_deadline");
    EXPECT_EQ(expect(422, kOffice, "POST", "/api/v1/holds", json::object())["errors"].size(), 5U);
}

TEST_P(HoldRoutes, AWaitIsJoinedListedOfferedAndLeft) {
    expect(422, kAlex, "POST", "/api/v1/waiting-list", wish_of(2));
    const auto booking = expect(201, kCamille, "POST", "/api/v1/bookings", wish_of(1));
    const auto wait = expect(201, kAlex, "POST", "/api/v1/waiting-list", wish_of(2));
    EXPECT_EQ(wait["status"], "waiting");
    EXPECT_EQ(wait["ahead"], 0);
    const auto second = expect(201, kDominique, "POST", "/api/v1/waiting-list", wish_of());
    EXPECT_EQ(second["ahead"], 1);
    const CalledRoutes::Query room{{"room", "1"}};
    const auto line = expect(200, kOffice, "GET", "/api/v1/waiting-list", nullptr, room)["items"];
    ASSERT_EQ(line.size(), 2U);
    EXPECT_EQ(line[0]["association_name"], "Échecs du Pré");
    EXPECT_EQ(expect(200, kDominique, "GET", "/api/v1/waiting-list")["items"].size(), 1U);
    expect(200, kCamille, "POST", "/api/v1/bookings/" + booking["id"].dump() + "/cancel");
    const auto offered = expect(200, kAlex, "GET", "/api/v1/waiting-list")["items"][0];
    EXPECT_EQ(offered["status"], "offered");
    const auto hold = expect(200, kAlex, "GET", "/api/v1/holds/" + offered["hold_id"].dump());
    EXPECT_EQ(hold["wait_id"], wait["id"]);
    const auto path = "/api/v1/waiting-list/" + wait["id"].dump();
    EXPECT_EQ(expect(200, kAlex, "GET", path), offered);
    expect(404, kDominique, "GET", path);
    expect(404, kDominique, "DELETE", path);
    EXPECT_EQ(call(kAlex, "DELETE", path).status, 204);
    EXPECT_EQ(expect(200, kDominique, "GET", "/api/v1/waiting-list")["items"][0]["status"],
              "offered");
}

TEST_P(HoldRoutes, EquipmentIsHeldWaitedForAndShown) {
    session_->execute(
        "INSERT INTO equipment (id, town_id, key, name, stock) VALUES"
        " (1, 1, 'chairs', 'Chaises', 10)");
    const auto chairs = [](int quantity) {
        return json::array({{{"equipment_id", 1}, {"quantity", quantity}}});
    };
    auto order = wish_of(1);
    order["booker_id"] = 2;
    order["until"] = "2026-11-28T12:00";
    order["equipment"] = chairs(8);
    const auto hold = expect(201, kOffice, "POST", "/api/v1/holds", order);
    const json line{{"equipment_id", 1}, {"name", "Chaises"}, {"quantity", 8}, {"movable", true}};
    EXPECT_EQ(hold["equipment"], json::array({line}));
    EXPECT_EQ(expect(200, kOffice, "GET", "/api/v1/holds")["items"][0], hold);
    auto other = wish_of(2);
    other["room_id"] = 2;
    other["equipment"] = chairs(3);
    const auto refused = expect(422, kAlex, "POST", "/api/v1/bookings", other);
    EXPECT_EQ(refused["errors"][0]["code"], "equipment_short");
    EXPECT_EQ(refused["errors"][0]["field"], "/equipment");
    const auto wait = expect(201, kAlex, "POST", "/api/v1/waiting-list", other);
    EXPECT_EQ(wait["equipment"][0]["quantity"], 3);
    const auto path = "/api/v1/holds/" + hold["id"].dump();
    expect(422, kCamille, "POST", path + "/book", {{"equipment", chairs(11)}});
    const auto booking = expect(201, kCamille, "POST", path + "/book", {{"equipment", chairs(7)}});
    expect(200, kCamille, "GET", "/api/v1/bookings/" + booking["id"].dump());
    const auto offered = expect(200, kAlex, "GET", "/api/v1/waiting-list")["items"][0];
    EXPECT_EQ(offered["status"], "offered");
    EXPECT_EQ(offered["equipment"], wait["equipment"]);
}

TEST_P(HoldRoutes, HoldsAndTheLineComeInPages) {
    for (const auto* until : {"2026-11-30T12:00", "2026-11-28T12:00", "2026-11-28T12:00"}) {
        auto order = wish_of(1);
        order["booker_id"] = 2;
        order["until"] = until;
        order["room_id"] = expect(200, kOffice, "GET", "/api/v1/holds")["items"].size() + 1;
        expect(201, kOffice, "POST", "/api/v1/holds", order);
        order.erase("until");
        order["booker_id"] = 3;
        order.erase("association_id");
        expect(201, kOffice, "POST", "/api/v1/waiting-list", order);
    }
    for (const auto* path : {"/api/v1/holds", "/api/v1/waiting-list"}) {
        const auto all = expect(200, kOffice, "GET", path);
        ASSERT_EQ(all["items"].size(), 3U) << path;
        EXPECT_EQ(all["next"], nullptr);
        auto gathered = json::array();
        CalledRoutes::Query query{{"limit", "1"}};
        for (int page = 0; page < 3; ++page) {
            const auto one = expect(200, kOffice, "GET", path, nullptr, query);
            ASSERT_EQ(one["items"].size(), 1U);
            gathered.push_back(one["items"][0]);
            query = {{"limit", "1"}, {"cursor", one["next"].get<std::string>()}};
        }
        EXPECT_EQ(gathered, all["items"]) << path;
        const auto last = expect(200, kOffice, "GET", path, nullptr, query);
        EXPECT_TRUE(last["items"].empty());
        EXPECT_EQ(last["next"], nullptr);
        EXPECT_EQ(call(kOffice, "GET", path, nullptr, {{"cursor", "x"}}).status, 422);
    }
}

}  // namespace
}  // namespace creneau::http
