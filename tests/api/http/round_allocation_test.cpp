#include "api/booking/rounds/decide_wishes.hpp"
#include "api/booking/rounds/manage_rounds.hpp"
#include "api/booking/rounds/propose_round.hpp"
#include "api/booking/rounds/round_error.hpp"
#include "tests/api/http/round_town.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {
namespace {

class RoundAllocation : public RoundTown {
  protected:
    static std::string verdict(const json& wish) { return wish["decision"]["verdict"]; }
    static json settled_at(int room) { return {{"room_id", room}, {"reason", "Décision"}}; }
};
CRENEAU_ON_BOTH_ENGINES(RoundAllocation);

TEST_P(RoundAllocation, DemandShowsHoursAndWishesByRoomAndWhereTheyCollide) {
    const auto round = opened();
    const auto path = round + "/demand";
    stated(round, kCamille, wish_of(1, 12, {1, 3}));
    auto hall = wish_of(2, 20, {5});
    hall["start_time"] = "20:00";
    hall["end_time"] = "01:00";
    hall["end_day_offset"] = 1;
    stated(round, kAlex, hall);
    const auto gone = stated(round, kAlex, wish_of(2, 20, {1}));
    expect(200, kAlex, "DELETE", gone);
    expect(403, kCamille, "GET", path);
    const auto items = expect(200, kOffice, "GET", path)["items"];
    ASSERT_EQ(items.size(), 3U);
    EXPECT_EQ(items[0]["room_name"], "LCR Danton");
    EXPECT_EQ(items[0]["days"],
              json::parse(R"([{"weekday": "tuesday", "wishes": 1, "first_choices": 1,
                               "wished_min": 120, "collisions": []}])"));
    EXPECT_EQ(items[1]["room_id"], 3);
    EXPECT_EQ(items[1]["days"][0]["first_choices"], 0);
    const auto both =
        json::parse(R"([{"start_time": "20:00", "end_time": "20:30", "wish_ids": [1, 2]}])");
    EXPECT_EQ(items[1]["days"][0]["collisions"], both);
    EXPECT_EQ(items[2]["room_id"], 5);
    EXPECT_EQ(items[2]["days"][0]["wished_min"], 300);
    EXPECT_EQ(items[2]["days"][0]["collisions"], both) << "they share a half";
    const auto page = expect(200, kOffice, "GET", path, nullptr, {{"limit", "2"}});
    EXPECT_EQ(page["next"], "3");
    EXPECT_EQ(expect(200, kOffice, "GET", path, nullptr, {{"cursor", "3"}})["items"].size(), 1U);
}

TEST_P(RoundAllocation, ASeasonMayEndWithTheCalendar) {
    auto order = round_of();
    order["wishes_until"] = "2099-12-01";
    order["season_first"] = "2099-12-14";
    order["season_last"] = "2099-12-31";
    order["criteria"].push_back({{"kind", "continuity"}, {"text", "Les habitudes"}, {"weight", 1}});
    const auto made = expect(201, kOffice, "POST", "/api/v1/rounds", order);
    const auto round = "/api/v1/rounds/" + made["id"].dump();
    step(round, "open");
    auto night = wish_of(1, 12);
    night["weekday"] = "thursday";  // the last one is 31 December
    night["end_time"] = "01:00";
    night["end_day_offset"] = 1;
    stated(round, kCamille, night);
    EXPECT_EQ(proposed(round)["status"], "proposed");
    step(round, "publish");
    EXPECT_EQ(number("SELECT COUNT(*) FROM bookings"), 2) << "the last night ends too late";
}

TEST_P(RoundAllocation, TheWrittenCriteriaDecideAndEveryWishKeepsItsReason) {
    const auto round = opened();
    const auto small = stated(round, kAlex, wish_of(2, 20));
    const auto large = stated(round, kCamille, wish_of(1, 40));
    const auto result = proposed(round);
    EXPECT_EQ(result["status"], "proposed");
    EXPECT_EQ(result["points"], 10 * 100 + 5 * 100);
    EXPECT_EQ(result["is_optimal"], true);
    const auto given = seen(large)["decision"];
    EXPECT_EQ(given["verdict"], "given");
    EXPECT_EQ(given["place"]["room_id"], 1);
    EXPECT_EQ(given["place"]["weekday"], "tuesday");
    EXPECT_EQ(given["why"], "Choice 1, 1500 points by the criteria.");
    const auto nothing = seen(small)["decision"];
    EXPECT_EQ(nothing["verdict"], "outbid");
    EXPECT_TRUE(nothing["place"].is_null());
    EXPECT_EQ(nothing["why"],
              "LCR Danton: this slot goes to another wish (1500 points; yours has 1250).");
    EXPECT_TRUE(seen(small, kAlex)["decision"].is_null()) << "not before it is published";
}

TEST_P(RoundAllocation, OnlyTheOfficeSeesAProposalBeforeItIsPublished) {
    const auto round = opened();
    const auto small = stated(round, kAlex, wish_of(2, 20));
    const auto large = stated(round, kCamille, wish_of(1, 40));
    proposed(round);
    const auto listed = [&](booking::PersonId person) {
        return expect(200, person, "GET", "/api/v1/rounds")["items"][0];
    };
    for (const auto& shown : {expect(200, kOffice, "GET", round), listed(kOffice)}) {
        EXPECT_EQ(shown["points"], 1500);
        EXPECT_EQ(shown["is_optimal"], true);
    }
    for (const auto& shown : {expect(200, kCamille, "GET", round), listed(kCamille)}) {
        EXPECT_TRUE(shown["points"].is_null());
        EXPECT_TRUE(shown["is_optimal"].is_null());
    }
    EXPECT_TRUE(seen(large, kCamille)["decision"].is_null());
    step(round, "publish");
    EXPECT_EQ(expect(200, kCamille, "GET", round)["points"], 1500);
    EXPECT_EQ(listed(kCamille)["is_optimal"], true);
    EXPECT_EQ(seen(small, kAlex)["decision"]["why"],
              "LCR Danton: this slot goes to another wish (1500 points; yours has 1250).");
    EXPECT_EQ(expect(200, kAlex, "GET", round + "/wishes")["items"].size(), 1U) << "their own";
}

TEST_P(RoundAllocation, ASecondChoiceSaysWhyItIsNotTheFirst) {
    const auto round = opened();
    stated(round, kCamille, wish_of(1, 40));
    const auto second = stated(round, kAlex, wish_of(2, 20, {1, 2}));
    proposed(round);
    const auto decision = seen(second)["decision"];
    EXPECT_EQ(decision["place"]["room_id"], 2);
    EXPECT_EQ(decision["why"],
              "Choice 2, 1250 points by the criteria. LCR Danton: this slot goes to another wish "
              "(1500 points; yours has 1250).");
}

TEST_P(RoundAllocation, RoomsThatShareASpaceCompeteAndBuffersCountAsTime) {
    session_->execute(
        "INSERT INTO room_rules (room_id, town_id, setup_min) VALUES (3, 1, 30), (5, 1, 30);");
    const auto round = opened();
    const auto half = stated(round, kAlex, wish_of(2, 20, {3}));
    auto after = wish_of(1, 40, {5});
    after["start_time"] = "20:45";
    after["end_time"] = "22:00";
    const auto whole = stated(round, kCamille, after);
    proposed(round);
    EXPECT_EQ(verdict(seen(whole)), "given");
    EXPECT_EQ(verdict(seen(half)), "outbid") << "a quarter of an hour is too short to set up";
    expect(200, kOffice, "PATCH", whole, {{"start_time", "21:00"}});
    step(round, "propose");
    EXPECT_EQ(verdict(seen(half)), "given");
}

TEST_P(RoundAllocation, ARoomThatIsTakenAllSeasonIsNoOption) {
    json series{{"room_id", 1},
                {"pattern", "weekly"},
                {"weekdays", {"tuesday"}},
                {"first_date", "2027-01-05"},
                {"count", 4},
                {"start_time", "19:00"},
                {"end_time", "20:00"},
                {"attendees", 5},
                {"purpose", "Cours"}};
    expect(201, kDominique, "POST", "/api/v1/series", series);
    const auto round = opened();
    const auto wish = stated(round, kCamille, wish_of(1, 12));
    proposed(round);
    EXPECT_EQ(verdict(seen(wish)), "nothing_fits");
    EXPECT_EQ(seen(wish)["decision"]["why"],
              "LCR Danton: taken or closed on every date of the season.");
}

TEST_P(RoundAllocation, ARoomIsWorthTheDatesThatAreFree) {
    json series{{"room_id", 1},
                {"pattern", "weekly"},
                {"weekdays", {"tuesday"}},
                {"first_date", "2027-01-05"},
                {"count", 3},
                {"start_time", "19:00"},
                {"end_time", "20:00"},
                {"attendees", 5},
                {"purpose", "Cours"}};
    expect(201, kDominique, "POST", "/api/v1/series", series);
    const auto round = opened();
    const auto wish = stated(round, kCamille, wish_of(1, 12, {1, 2}));
    const auto only = stated(round, kAlex, wish_of(2, 12));
    proposed(round);
    EXPECT_EQ(seen(wish)["decision"]["place"]["room_id"], 2);
    EXPECT_EQ(seen(wish)["decision"]["why"],
              "Choice 2, 1500 points by the criteria. LCR Danton: this slot goes to another wish "
              "(1500 points; yours has 1500). Where points are equal, most wishes are served, then "
              "the first that were stated.");
    EXPECT_EQ(seen(only)["decision"]["place"]["room_id"], 1);
    EXPECT_EQ(seen(only)["decision"]["why"],
              "Choice 1, 1500 points by the criteria. The room is free on 1 of 4 dates.");
    expect(200, kOffice, "DELETE", only);
    step(round, "propose");
    EXPECT_EQ(seen(wish)["decision"]["why"],
              "Choice 2, 1500 points by the criteria. LCR Danton: 1500 points, free on 1 of 4 "
              "dates.");
}

TEST_P(RoundAllocation, OfEqualWishesTheFirstStatedIsServedAndTheOtherReadsSo) {
    const auto round = opened();
    const auto first = stated(round, kAlex, wish_of(2, 12));
    const auto second = stated(round, kCamille, wish_of(1, 12));
    EXPECT_EQ(proposed(round)["points"], 1500);
    EXPECT_EQ(verdict(seen(first)), "given");
    EXPECT_EQ(seen(second)["decision"]["why"],
              "LCR Danton: this slot goes to another wish (1500 points; yours has 1500). Where "
              "points are equal, most wishes are served, then the first that were stated.");
    expect(200, kOffice, "DELETE", first);
    step(round, "propose");
    EXPECT_EQ(verdict(seen(second)), "given");
}

TEST_P(RoundAllocation, CriteriaWeighGroupsAndWhoHadTheRoomBefore) {
    session_->execute(
        "INSERT INTO booker_groups (id, town_id, key, name) VALUES (7, 1, 'pre', 'Du Pré');"
        "INSERT INTO association_groups (town_id, association_id, group_id) VALUES (1, 2, 7);");
    for (int week = 0; week < 10; ++week) {
        session_->execute(
            "INSERT INTO bookings (town_id, room_id, association_id, booker_id, requested_by_id,"
            " status, start_at, end_at, local_start, local_end, attendees, purpose, requested_at)"
            " VALUES (1, 1, 1, 2, 2, 'approved', " +
            std::to_string(1'780'000'000 + week) + ", " + std::to_string(1'780'003'600 + week) +
            ", '2026-06-02T19:00', '2026-06-02T20:00', 5, 'Avant', 1)");
    }
    auto order = round_of();
    order["criteria"] = {{{"kind", "group"}, {"text", "Du Pré"}, {"weight", 30}, {"group_id", 7}},
                         {{"kind", "continuity"}, {"text", "Continuité"}, {"weight", 20}},
                         {{"kind", "first_wish"}, {"text", "Premier souhait"}, {"weight", 10}},
                         {{"kind", "preference"}, {"text", "Préférence"}, {"weight", 1}},
                         {{"kind", "fill"}, {"text", "Remplissage"}, {"weight", 2}}};
    const auto made = expect(201, kOffice, "POST", "/api/v1/rounds", order);
    const auto round = "/api/v1/rounds/" + made["id"].dump();
    step(round, "open");
    const auto choir = stated(round, kCamille, wish_of(1, 30));
    auto friday = wish_of(2, 30, {2, 1});
    friday["weekday"] = "friday";
    const auto chess = stated(round, kAlex, friday);
    auto monday = wish_of(2, 40, {2});
    monday["weekday"] = "monday";
    const auto later = stated(round, kAlex, monday);
    proposed(round);
    EXPECT_EQ(seen(choir)["decision"]["points"], 20 * 100 + 10 * 100 + 1 * 100 + 2 * 50);
    EXPECT_EQ(seen(chess)["decision"]["points"], 30 * 100 + 10 * 100 + 1 * 100 + 2 * 75);
    EXPECT_EQ(seen(later)["decision"]["points"], 30 * 100 + 10 * 50 + 1 * 100 + 2 * 100);
}

TEST_P(RoundAllocation, WhatTheOfficeSettledStaysInEveryProposal) {
    const auto round = opened();
    const auto small = stated(round, kAlex, wish_of(2, 20));
    const auto large = stated(round, kCamille, wish_of(1, 40));
    proposed(round);
    EXPECT_EQ(verdict(seen(small)), "outbid");
    expect(200, kOffice, "PUT", small + "/settled", settled_at(1));
    EXPECT_EQ(expect(200, kOffice, "GET", round)["status"], "closed") << "propose again";
    step(round, "publish", 409);
    for (int twice = 0; twice < 2; ++twice) {
        step(round, "propose");
        EXPECT_EQ(seen(small)["decision"]["why"], "Given by decision of the office: Décision");
        EXPECT_EQ(seen(large)["decision"]["why"],
                  "LCR Danton: the office decided who has this slot.");
    }
    const auto clash = expect(422, kOffice, "PUT", large + "/settled", settled_at(1));
    EXPECT_EQ(codes_of(clash["errors"]), std::vector<std::string>{"place_settled"});
    expect(200, kOffice, "PUT", large + "/settled",
           {{"room_id", 2}, {"weekday", "thursday"}, {"reason", "Seule salle libre"}});
    expect(200, kOffice, "PUT", small + "/settled",
           {{"gets_nothing", true}, {"reason", "Dossier incomplet"}});
    step(round, "propose");
    EXPECT_EQ(seen(large)["decision"]["place"]["weekday"], "thursday");
    EXPECT_EQ(verdict(seen(small)), "excluded");
    EXPECT_EQ(seen(small)["decision"]["why"], "Set aside by the office: Dossier incomplet");
    EXPECT_EQ(text("SELECT reason FROM reasons WHERE action = 'round_wish_excluded'"),
              "Dossier incomplet");
    expect(200, kOffice, "DELETE", small + "/settled");
    step(round, "propose");
    EXPECT_EQ(verdict(seen(small)), "given");
    EXPECT_TRUE(seen(small)["settled"].is_null());
}

TEST_P(RoundAllocation, ASettlementNeedsARoomThatTakesTheWishAndAReasonToExclude) {
    const auto round = opened();
    const auto wish = stated(round, kCamille, wish_of(1, 40));
    const auto codes = [&](const json& pin) {
        return codes_of(expect(422, kOffice, "PUT", wish + "/settled", pin)["errors"]);
    };
    EXPECT_EQ(codes({{"room_id", 3}}), std::vector<std::string>{"over_capacity"});
    EXPECT_EQ(codes({{"room_id", 9}}), std::vector<std::string>{"unknown_room"});
    EXPECT_EQ(codes({{"gets_nothing", true}}), std::vector<std::string>{"reason_needed"});
    EXPECT_EQ(codes({{"start_time", "late"}}), std::vector<std::string>{"bad_date_time"});
    expect(200, kOffice, "PUT", wish + "/settled", json::object());
}

TEST_P(RoundAllocation, AWishThatGetsNothingGetsNoRoomEither) {
    const auto round = opened();
    const auto wish = stated(round, kCamille, wish_of(1, 40));
    const auto before = traces();
    const auto problem = expect(422, kOffice, "PUT", wish + "/settled",
                                {{"gets_nothing", true}, {"room_id", 2}, {"end_time", "21:00"}});
    std::vector<std::string> said;
    for (const auto& error : problem["errors"]) {
        said.push_back(error["field"].get<std::string>() + ' ' + error["code"].get<std::string>());
    }
    EXPECT_EQ(said, (std::vector<std::string>{
                        "/gets_nothing nothing_or_place", "/room_id nothing_or_place",
                        "/end_time nothing_or_place", "/reason reason_needed"}));
    EXPECT_EQ(traces(), before);
    EXPECT_TRUE(seen(wish)["settled"].is_null());
    const auto given = expect(200, kOffice, "PUT", wish + "/settled",
                              {{"gets_nothing", false}, {"room_id", 2}, {"reason", "Libre"}});
    EXPECT_EQ(given["settled"]["place"]["room_id"], 2);
}

TEST_P(RoundAllocation, NothingIsProposedBeforeTheRoundIsClosedOrByAnybodyElse) {
    const auto round = opened();
    step(round, "propose", 409);
    step(round, "publish", 409);
    step(round, "close");
    expect(403, kCamille, "POST", round + "/propose", json::object());
    EXPECT_EQ(step(round, "propose")["points"], 0) << "a round without wishes";
    step(round, "propose");
}

TEST_P(RoundAllocation, AWishEditedWhileTheProposalIsComputedIsAClearConflict) {
    const auto round = opened();
    const auto wish = stated(round, kCamille, wish_of(1, 12));
    step(round, "close");
    const booking::ChangeRound change{booking::kTown, kOffice, booking::RoundId{1}, {}, now_};
    const auto task = readers_.read(
        [&](store::Session& session) { return booking::read_proposal(session, change).value(); });
    expect(200, kOffice, "PATCH", wish, {{"attendees", 30}});
    const auto allocation = booking::decide_wishes(task);
    const auto kept = writer_.run([&](store::Session& session) {
        return booking::keep_proposal(session, change, task, allocation);
    });
    ASSERT_FALSE(kept.value().has_value());
    EXPECT_EQ(kept.value().error().refusal, booking::RoundRefusal::changed);
    EXPECT_EQ(expect(200, kOffice, "GET", round)["status"], "closed");
    EXPECT_TRUE(seen(wish)["decision"].is_null());
    EXPECT_EQ(step(round, "propose")["status"], "proposed");
}

}  // namespace
}  // namespace creneau::http
