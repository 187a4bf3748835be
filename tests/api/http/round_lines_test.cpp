#include "tests/api/http/round_town.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {
namespace {

/// What a round gave and left waiting lasts, in a room that may be booked a day ahead and is its
/// residents' before all others'.
class RoundLines : public RoundTown {
  protected:
    RoundLines() {
        session_->execute(
            "INSERT INTO room_rules (room_id, town_id, create_most_min, change_most_min,"
            " residents_until_days) VALUES (1, 1, 1440, 1440, 1)");
    }
    /// Camille's series; Alex is left waiting for each of its dates.
    std::string published() {
        const auto round = opened();
        const auto winner = stated(round, kCamille, wish_of(1, 40));
        stated(round, kAlex, wish_of(2, 20));
        proposed(round);
        step(round, "publish");
        return "/api/v1/series/" + seen(winner)["series_id"].dump();
    }
    std::vector<std::string> starts_of(const std::string& series) {
        std::vector<std::string> starts;
        const auto shown = expect(200, kCamille, "GET", series);
        for (const auto& date : shown["occurrences"]) {
            starts.push_back(date["start"].get<std::string>() + " " +
                             date["end"].get<std::string>().substr(11));
        }
        return starts;
    }
};
CRENEAU_ON_BOTH_ENGINES(RoundLines);

TEST_P(RoundLines, AreServedThoughNoticeIsLongAndResidentsComeFirst) {
    const auto series = published();
    expect(200, kCamille, "POST", series + "/cancel", {{"scope", "this"}, {"date", "2027-01-12"}});
    const auto line = expect(200, kAlex, "GET", "/api/v1/waiting-list")["items"];
    ASSERT_EQ(line.size(), 4U);
    EXPECT_EQ(line[0]["status"], "waiting") << "somebody has that date";
    ASSERT_EQ(line[1]["status"], "offered");
    const json other{{"room_id", 1},
                     {"association_id", 2},
                     {"start", "2027-01-12T12:30"},
                     {"end", "2027-01-12T13:30"},
                     {"attendees", 20},
                     {"purpose", "Tournoi"}};
    EXPECT_EQ(codes_of(expect(422, kAlex, "POST", "/api/v1/bookings", other)["errors"]),
              (std::vector<std::string>{"notice_too_long", "residents_first"}))
        << "what no round asked for";
    const auto booked = expect(
        201, kAlex, "POST", "/api/v1/holds/" + line[1]["hold_id"].dump() + "/book", json::object());
    EXPECT_EQ(booked["start"], "2027-01-12T18:30");
    EXPECT_EQ(booked["association_id"], 2);
}

TEST_P(RoundLines, WhatWasGivenMayBeShortenedButNotPutElsewhere) {
    const auto series = published();
    expect(200, kCamille, "PATCH", series, {{"end_time", "20:00"}}, {{"scope", "all"}});
    EXPECT_EQ(starts_of(series).front(), "2027-01-05T18:30 20:00");
    expect(200, kCamille, "PATCH", series, {{"attendees", 12}},
           {{"scope", "this"}, {"date", "2027-01-12"}});
    const auto kept = traces();
    const auto later = call(kCamille, "PATCH", series, {{"end_time", "21:00"}}, {{"scope", "all"}});
    EXPECT_EQ(later.status, 422);
    for (const auto* code : {"notice_too_long", "residents_first"}) {
        EXPECT_NE(later.body.find(code), std::string::npos) << later.body;
    }
    EXPECT_EQ(traces(), kept);
    expect(200, kCamille, "PATCH", series, {{"start_time", "19:00"}}, {{"scope", "all"}});
    EXPECT_EQ(starts_of(series).front(), "2027-01-05T19:00 20:00");
}

TEST_P(RoundLines, ADateThatMissedIsAskedForAgainAsTheRoundGaveIt) {
    session_->execute(
        "INSERT INTO quotas (id, town_id, key, name, holder, unit, most, period)"
        " VALUES (1, 1, 'q', 'Trois par an', 'association', 'bookings', 3, 'season');"
        "INSERT INTO quota_rooms (town_id, quota_id, room_id) VALUES (1, 1, 1);");
    const auto series = published();
    ASSERT_EQ(starts_of(series).size(), 3U);
    session_->execute(
        "DELETE FROM quota_rooms; DELETE FROM quotas;"
        "UPDATE room_rules SET create_least_min = 144000");
    const auto late = call(kCamille, "POST", series + "/retry", json::object());
    EXPECT_NE(late.body.find("notice_too_short"), std::string::npos) << late.body;
    session_->execute("UPDATE room_rules SET create_least_min = 0");
    expect(200, kCamille, "POST", series + "/retry", json::object());
    EXPECT_EQ(starts_of(series).back(), "2027-01-26T18:30 20:30");
}

TEST_P(RoundLines, WhatWasPutElsewhereSinceIsAskedForLikeAnythingElse) {
    session_->execute(
        "INSERT INTO quotas (id, town_id, key, name, holder, unit, most, period)"
        " VALUES (1, 1, 'q', 'Trois par an', 'association', 'bookings', 3, 'season');"
        "INSERT INTO quota_rooms (town_id, quota_id, room_id) VALUES (1, 1, 1);");
    const auto series = published();
    session_->execute(
        "DELETE FROM quota_rooms; DELETE FROM quotas; UPDATE series SET start_time = '17:30'");
    const auto other = call(kCamille, "POST", series + "/retry", json::object());
    for (const auto* code : {"notice_too_long", "residents_first"}) {
        EXPECT_NE(other.body.find(code), std::string::npos) << other.body;
    }
    session_->execute("UPDATE series SET start_time = '18:30'");
    expect(200, kCamille, "POST", series + "/retry", json::object());
}

}  // namespace
}  // namespace creneau::http
