#include "api/http/booking_routes.hpp"
#include "api/http/series_routes.hpp"
#include "tests/api/http/called_routes.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {
namespace {

using booking::kAlex;
using booking::kCamille;
using booking::kOffice;
using nlohmann::json;

constexpr auto kPath = "/api/v1/series";

/// The choir wants evenings in a room where the chess club has some.
class SeriesOffers : public CalledRoutes {
  protected:
    SeriesOffers() {
        add_booking_routes(routes_);
        add_series_routes(routes_);
    }

    static json evenings(int count, const std::string& start = "18:30",
                         const std::string& end = "20:30") {
        return {{"room_id", 1},       {"association_id", 1}, {"pattern", "daily"},
                {"count", count},     {"start_time", start}, {"first_date", "2026-12-05"},
                {"end_time", end},    {"attendees", 12},     {"purpose", "Répétition"},
                {"conflicts", "fail"}};
    }
    static std::string day(int number) {
        return "2026-12-" + std::string(number < 10 ? "0" : "") + std::to_string(number);
    }
    void chess_on(const std::string& date) {
        expect(201, kAlex, "POST", "/api/v1/bookings",
               {{"room_id", 1},
                {"association_id", 2},
                {"start", date + "T18:30"},
                {"end", date + "T20:30"},
                {"attendees", 12},
                {"purpose", "Tournoi"}});
    }
    /// Each can be had for that date, whatever else the series takes.
    void expect_bookable(const json& offers) {
        for (const auto& offer : offers) {
            json order{
                {"room_id", offer["room_id"]}, {"association_id", 1}, {"start", offer["start"]},
                {"end", offer["end"]},         {"attendees", 12},     {"purpose", "Répétition"}};
            const auto made = expect(201, kCamille, "POST", "/api/v1/bookings", order);
            expect(200, kCamille, "POST", "/api/v1/bookings/" + made["id"].dump() + "/cancel",
                   json::object());
        }
    }
};
CRENEAU_ON_BOTH_ENGINES(SeriesOffers);

TEST_P(SeriesOffers, ATakenDateIsAnsweredWithOtherSlots) {
    chess_on("2026-12-06");
    const auto plan = expect(200, kCamille, "POST", "/api/v1/series/preview", evenings(3));
    ASSERT_EQ(plan["dates"].size(), 3U);
    EXPECT_TRUE(plan["dates"][0]["alternatives"].empty());
    EXPECT_TRUE(plan["dates"][2]["alternatives"].empty());
    const auto& offers = plan["dates"][1]["alternatives"];
    ASSERT_FALSE(offers.empty());
    EXPECT_LE(offers.size(), 5U);
    const auto problem = expect(409, kCamille, "POST", kPath, evenings(3));
    ASSERT_EQ(problem["dates"].size(), 1U);
    EXPECT_EQ(problem["dates"][0]["alternatives"], offers);
    EXPECT_FALSE(problem.contains("alternatives")) << "each belongs to a date";
    auto skipping = evenings(3);
    skipping["conflicts"] = "skip";
    expect(201, kCamille, "POST", kPath, skipping);
    expect_bookable(offers);
}

TEST_P(SeriesOffers, TheFirstFiveSuchDatesHaveThem) {
    for (int number = 6; number < 13; ++number) {
        chess_on(day(number));
    }
    const auto problem = expect(409, kCamille, "POST", kPath, evenings(9));
    ASSERT_EQ(problem["dates"].size(), 7U);
    for (std::size_t at = 0; at < 7; ++at) {
        EXPECT_EQ(problem["dates"][at]["alternatives"].empty(), at >= 5) << at;
    }
}

TEST_P(SeriesOffers, WhatFailsEverywhereIsAnsweredWithNone) {
    auto wish = evenings(2);
    wish["purpose"] = "";
    const auto problem = expect(422, kCamille, "POST", kPath, wish);
    EXPECT_TRUE(problem["dates"][0]["alternatives"].empty());
}

TEST_P(SeriesOffers, AnEditThatIsRefusedHasThemToo) {
    chess_on("2026-12-06");
    const auto series = expect(201, kCamille, "POST", kPath, evenings(3, "10:00", "12:00"));
    const auto path = std::string(kPath) + '/' + series["id"].dump();
    const json evening{{"start_time", "18:30"}, {"end_time", "20:30"}};
    const auto problem = expect(409, kCamille, "PATCH", path, evening);
    ASSERT_EQ(problem["dates"].size(), 1U);
    const auto& offers = problem["dates"][0]["alternatives"];
    ASSERT_FALSE(offers.empty());
    for (const auto& offer : offers) {
        EXPECT_FALSE(offer["room_id"] == 1 && offer["start"].get<std::string>().ends_with("18:30"))
            << "the series itself wants " << offer["start"];
    }
    const json longer{{"count", 5}};
    const auto later = expect(200, kCamille, "PATCH", path, {{"start_time", "08:00"}});
    EXPECT_EQ(later["occurrences"].size(), 3U);
    expect(201, kAlex, "POST", "/api/v1/bookings",
           {{"room_id", 1},
            {"association_id", 2},
            {"start", "2026-12-08T08:00"},
            {"end", "2026-12-08T09:00"},
            {"attendees", 12},
            {"purpose", "Tournoi"}});
    const auto added = expect(409, kCamille, "PATCH", path, longer);
    EXPECT_EQ(added["dates"][0]["date"], "2026-12-08");
    EXPECT_FALSE(added["dates"][0]["alternatives"].empty());
}

}  // namespace
}  // namespace creneau::http
