#include "api/http/round_routes.hpp"

#include "tests/api/http/round_town.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {
namespace {

class RoundRoutes : public RoundTown {};
CRENEAU_ON_BOTH_ENGINES(RoundRoutes);

TEST_P(RoundRoutes, ADraftIsTheOfficesAloneAndARoundThatOpensIsEverybodys) {
    const auto round = expect(201, kOffice, "POST", "/api/v1/rounds", round_of());
    EXPECT_EQ(round["status"], "draft");
    EXPECT_EQ(round["criteria"][1]["weight"], 5);
    const auto path = "/api/v1/rounds/" + round["id"].dump();
    expect(404, kCamille, "GET", path);
    expect(404, kCamille, "POST", path + "/wishes", wish_of(1, 12));
    EXPECT_TRUE(expect(200, kCamille, "GET", "/api/v1/rounds")["items"].empty());
    expect(403, kCamille, "POST", path + "/open", json::object());
    expect(403, kCamille, "POST", "/api/v1/rounds", round_of());
    EXPECT_EQ(step(path, "open")["status"], "open");
    EXPECT_EQ(expect(200, kCamille, "GET", path)["criteria"][0]["text"], "Chaque demande compte");
    EXPECT_EQ(expect(200, kCamille, "GET", "/api/v1/rounds")["items"].size(), 1U);
    step(path, "open", 409);
}

TEST_P(RoundRoutes, EverythingWrongWithARoundIsNamedAtOnceWithWhatWouldPass) {
    auto order = round_of();
    order["name"] = "";
    order["wishes_until"] = "2026-11-20";
    order["season_first"] = "2026-11-19";
    order["season_last"] = "2026-11-20";
    order["criteria"] = {{{"kind", "group"}, {"text", ""}, {"weight", 101}}};
    const auto before = traces();
    const auto problem = expect(422, kOffice, "POST", "/api/v1/rounds", order);
    EXPECT_EQ(codes_of(problem["errors"]),
              (std::vector<std::string>{"bad_name", "bad_wish_dates", "bad_season", "bad_season",
                                        "bad_wording", "bad_weight", "bad_group"}));
    EXPECT_EQ(problem["errors"][5]["field"], "/criteria/0/weight");
    EXPECT_EQ(problem["errors"][5]["detail"], "A weight from 1 to 100.");
    EXPECT_EQ(traces(), before);
    order["criteria"] = {{{"kind", "luck"}, {"weight", "a"}, {"colour", 1}}};
    const auto malformed = expect(422, kOffice, "POST", "/api/v1/rounds", order);
    EXPECT_EQ(codes_of(malformed["errors"]),
              (std::vector<std::string>{"unknown_kind", "not_an_integer", "unknown"}));
    EXPECT_EQ(malformed["errors"][2]["field"], "/criteria/0/colour");
    auto none = round_of();
    none["criteria"] = json::array();
    EXPECT_EQ(codes_of(expect(422, kOffice, "POST", "/api/v1/rounds", none)["errors"]),
              std::vector<std::string>{"criteria_missing"});
    auto unknown = round_of();
    unknown["criteria"][0] = {
        {"kind", "group"}, {"text", "Du Pré"}, {"weight", 1}, {"group_id", 77}};
    EXPECT_EQ(codes_of(expect(422, kOffice, "POST", "/api/v1/rounds", unknown)["errors"]),
              std::vector<std::string>{"bad_group"});
    expect(201, kOffice, "POST", "/api/v1/rounds", round_of());
}

TEST_P(RoundRoutes, OnceOpenOnlyItsNameAndTheLastDayForWishesChange) {
    const auto path = opened();
    const auto problem = expect(422, kOffice, "PATCH", path,
                                {{"season_last", "2027-02-28"}, {"criteria", json::array()}});
    EXPECT_EQ(codes_of(problem["errors"]),
              (std::vector<std::string>{"criteria_missing", "fixed_once_open", "fixed_once_open"}));
    const auto edited = expect(200, kOffice, "PATCH", path,
                               {{"name", "Saison d'hiver"}, {"wishes_until", "2026-12-05"}});
    EXPECT_EQ(edited["wishes_until"], "2026-12-05");
    EXPECT_EQ(edited["criteria"].size(), 2U);
    expect(403, kCamille, "PATCH", path, {{"name", "À moi"}});
}

TEST_P(RoundRoutes, ARoundIsRenamedAfterItsLastDayForWishes) {
    const auto path = opened();
    step(path, "close");
    now_ += std::chrono::days(20);
    EXPECT_EQ(expect(200, kOffice, "PATCH", path, {{"name", "Saison d'hiver"}})["name"],
              "Saison d'hiver");
    const auto late = expect(422, kOffice, "PATCH", path, {{"wishes_until", "2026-12-01"}});
    EXPECT_EQ(codes_of(late["errors"]), std::vector<std::string>{"bad_wish_dates"});
    EXPECT_EQ(codes_of(expect(422, kOffice, "PATCH", path, {{"name", ""}})["errors"]),
              std::vector<std::string>{"bad_name"});
    step(path, "open", 422);
}

TEST_P(RoundRoutes, OnlyTheOfficeStatesAWishInAnothersName) {
    const auto round = opened();
    auto order = wish_of(1, 12);
    order["booker_id"] = 6;
    const auto before = traces();
    expect(403, kCamille, "POST", round + "/wishes", order);
    EXPECT_EQ(traces(), before);
    order["booker_id"] = 2;
    const auto wish = stated(round, kCamille, order);
    expect(403, kCamille, "PATCH", wish, {{"booker_id", 6}});
    EXPECT_EQ(seen(wish)["booker_id"], 2);
    expect(200, kMaud, "PATCH", wish, {{"booker_id", 2}, {"attendees", 13}});
    EXPECT_EQ(expect(200, kMaud, "PATCH", wish, {{"booker_id", 6}})["booker_id"], 6);
    EXPECT_EQ(expect(200, kOffice, "PATCH", wish, {{"booker_id", 2}})["booker_id"], 2);
}

TEST_P(RoundRoutes, WhatIsEmptiedInAWishIsJudgedAndNotPassedOver) {
    const auto round = opened();
    const auto wish = stated(round, kCamille, wish_of(1, 12));
    const auto refused = [&](const json& edit) {
        return codes_of(expect(422, kCamille, "PATCH", wish, edit)["errors"]);
    };
    EXPECT_EQ(refused({{"purpose", ""}}), std::vector<std::string>{"purpose_missing"});
    EXPECT_EQ(refused({{"room_ids", json::array()}}), std::vector<std::string>{"rooms_missing"});
    EXPECT_EQ(refused({{"start_time", ""}}), std::vector<std::string>{"bad_date_time"});
    EXPECT_EQ(refused({{"weekday", ""}}), std::vector<std::string>{"not_a_weekday"});
    EXPECT_EQ(codes_of(expect(422, kOffice, "PATCH", round, {{"wishes_until", ""}})["errors"]),
              std::vector<std::string>{"required"});
    EXPECT_EQ(seen(wish)["purpose"], "Répétition");
    EXPECT_EQ(expect(200, kCamille, "PATCH", wish, {{"purpose", nullptr}})["purpose"],
              "Répétition");
}

TEST_P(RoundRoutes, AnEditOfWhatHasChangedSinceIsStale) {
    const auto path = opened();
    const auto etag = call(kOffice, "GET", path).headers;
    const auto patch = [&](const std::string& tag, const std::string& name) {
        return call({kOffice, "PATCH", path, {{"name", name}}, {{"if-match", tag}}}).status;
    };
    const auto version = expect(200, kOffice, "GET", path)["version"].dump();
    EXPECT_EQ(patch('"' + version + '"', "Un"), 200);
    EXPECT_EQ(patch('"' + version + '"', "Deux"), 412);
    EXPECT_EQ(patch("W/\"1\"", "Trois"), 412);
    EXPECT_EQ(expect(200, kOffice, "GET", path)["name"], "Un");
}

TEST_P(RoundRoutes, AWishIsItsAssociationsAndTheOfficesAlone) {
    const auto round = opened();
    const auto wish = stated(round, kCamille, wish_of(1, 12, {1, 2}));
    EXPECT_EQ(seen(wish, kMaud)["room_ids"], json({1, 2}));
    EXPECT_EQ(seen(wish)["association_name"], "Chorale du Pré");
    for (const auto other : {kAlex, kDominique}) {
        expect(404, other, "GET", wish);
        expect(404, other, "PATCH", wish, {{"attendees", 1}});
        expect(404, other, "DELETE", wish);
        expect(404, other, "PUT", wish + "/settled", {{"room_id", 1}});
        EXPECT_TRUE(expect(200, other, "GET", round + "/wishes")["items"].empty());
        expect(403, other, "POST", round + "/wishes", wish_of(1, 12));
    }
    expect(403, kCamille, "PUT", wish + "/settled", {{"room_id", 1}});
    EXPECT_EQ(expect(200, kMaud, "PATCH", wish, {{"attendees", 14}})["attendees"], 14);
    EXPECT_EQ(seen(wish)["booker_id"], 2);
    EXPECT_EQ(expect(200, kCamille, "DELETE", wish)["withdrawn"], true);
    expect(409, kCamille, "DELETE", wish);
    expect(409, kCamille, "PATCH", wish, {{"attendees", 15}});
    EXPECT_EQ(number("SELECT COUNT(*) FROM audit WHERE subject_kind = 'round_wish'"), 3);
}

TEST_P(RoundRoutes, EverythingWrongWithAWishIsNamedAtOnceAndNothingIsKept) {
    session_->execute(
        "INSERT INTO room_rules (room_id, town_id, grid_min, length_most_min) VALUES"
        " (3, 1, 30, 180), (2, 1, 0, 0);"
        "INSERT INTO opening_hours (town_id, room_id, weekday, from_min, until_min) VALUES"
        " (1, 2, 1, 480, 1320);");
    const auto round = opened();
    const auto before = traces();
    auto wish = wish_of(1, 50, {3, 2, 99});
    wish["start_time"] = "18:10";
    wish["end_time"] = "22:00";
    wish["purpose"] = " ";
    const auto problem = expect(422, kCamille, "POST", round + "/wishes", wish);
    std::vector<std::string> said;
    for (const auto& error : problem["errors"]) {
        said.push_back(error["field"].get<std::string>() + ' ' + error["code"].get<std::string>());
    }
    EXPECT_EQ(said, (std::vector<std::string>{
                        "/purpose purpose_missing", "/room_ids/0 over_capacity",
                        "/room_ids/0 too_long", "/room_ids/0 off_grid", "/room_ids/1 over_capacity",
                        "/room_ids/1 outside_opening_hours", "/room_ids/2 unknown_room"}));
    EXPECT_EQ(problem["errors"][1]["detail"], "Petite salle: This room holds at most 20 people.");
    EXPECT_EQ(traces(), before);
    const auto code = [&](const json& order) {
        return codes_of(expect(422, kCamille, "POST", round + "/wishes", order)["errors"]);
    };
    auto twice = wish_of(1, 12, {1, 1});
    EXPECT_EQ(code(twice), std::vector<std::string>{"room_twice"});
    auto nowhere = wish_of(1, 12, {});
    EXPECT_EQ(code(nowhere), std::vector<std::string>{"rooms_missing"});
    auto backwards = wish_of(1, 12);
    backwards["end_time"] = "18:00";
    EXPECT_EQ(code(backwards), std::vector<std::string>{"end_before_start"});
    backwards["end_day_offset"] = 1;
    expect(201, kCamille, "POST", round + "/wishes", backwards);
}

TEST_P(RoundRoutes, AWishNamesTenRoomsAndAnAssociationHasTwentyWishesAtMost) {
    const auto round = opened();
    const auto codes = [&](const json& order) {
        return codes_of(expect(422, kCamille, "POST", round + "/wishes", order)["errors"]);
    };
    const auto many = codes(wish_of(1, 12, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}));
    EXPECT_EQ(many, std::vector<std::string>{"too_many_rooms"});
    std::string first;
    for (int number = 0; number < 20; ++number) {
        const auto path = stated(round, kCamille, wish_of(1, 12));
        first = first.empty() ? path : first;
    }
    EXPECT_EQ(codes(wish_of(1, 12)), std::vector<std::string>{"too_many_wishes"});
    stated(round, kAlex, wish_of(2, 12));
    expect(200, kCamille, "DELETE", first);
    stated(round, kCamille, wish_of(1, 12));
}

TEST_P(RoundRoutes, WishesAreStatedBetweenTheDatesOfAnOpenRound) {
    const auto round = opened();
    now_ += std::chrono::days(10);  // 1 December
    const auto late = expect(422, kCamille, "POST", round + "/wishes", wish_of(1, 12));
    EXPECT_EQ(codes_of(late["errors"]), std::vector<std::string>{"not_open_now"});
    EXPECT_EQ(late["errors"][0]["detail"],
              "Wishes are stated from 2026-11-21 to 2026-11-30, while the round is open.");
    auto spoken = wish_of(1, 12);
    spoken["booker_id"] = 6;
    EXPECT_EQ(seen(stated(round, kOffice, spoken))["booker_id"], 6);
    spoken["booker_id"] = 4;
    EXPECT_EQ(codes_of(expect(422, kOffice, "POST", round + "/wishes", spoken)["errors"]),
              std::vector<std::string>{"not_a_manager"});
    now_ -= std::chrono::days(10);
    const auto wish = stated(round, kCamille, wish_of(1, 12));
    step(round, "close");
    expect(422, kCamille, "PATCH", wish, {{"attendees", 15}});
    expect(422, kCamille, "DELETE", wish);
    expect(422, kCamille, "POST", round + "/wishes", wish_of(1, 12));
    step(round, "open");
    expect(200, kCamille, "PATCH", wish, {{"attendees", 15}});
}

TEST_P(RoundRoutes, ListsComeInPages) {
    const auto round = opened();
    for (int wish = 0; wish < 3; ++wish) {
        stated(round, kCamille, wish_of(1, 12));
    }
    const auto first = expect(200, kCamille, "GET", round + "/wishes", nullptr, {{"limit", "2"}});
    EXPECT_EQ(first["items"].size(), 2U);
    const auto rest = expect(200, kCamille, "GET", round + "/wishes", nullptr,
                             {{"limit", "2"}, {"cursor", first["next"]}});
    EXPECT_EQ(rest["items"].size(), 1U);
    EXPECT_TRUE(rest["next"].is_null());
    opened();
    const auto rounds = expect(200, kCamille, "GET", "/api/v1/rounds", nullptr, {{"limit", "1"}});
    EXPECT_EQ(rounds["items"].size(), 1U);
    const auto older = expect(200, kCamille, "GET", "/api/v1/rounds", nullptr,
                              {{"limit", "1"}, {"cursor", rounds["next"]}});
    EXPECT_EQ("/api/v1/rounds/" + older["items"][0]["id"].dump(), round);
}

}  // namespace
}  // namespace creneau::http
