#include "api/http/series_routes.hpp"

#include "api/http/booking_routes.hpp"
#include "api/http/routes.hpp"
#include "api/people/people_store.hpp"
#include "tests/api/booking/town_fixture.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {
namespace {

using booking::kAlex;
using booking::kCamille;
using booking::kNow;
using booking::kOffice;
using booking::PersonId;
using nlohmann::json;

/// The routes of series without the server around them.
class SeriesRoutes : public testing::TestWithParam<store::Engine>, protected booking::FilledTown {
  protected:
    SeriesRoutes() : FilledTown(GetParam()) {
        add_booking_routes(routes_);
        add_series_routes(routes_);
    }

    Response call(PersonId person, const std::string& method, const std::string& path,
                  const json& body = nullptr,
                  const std::vector<std::pair<std::string, std::string>>& query = {}) {
        Request request;
        request.method = method;
        request.path = path;
        request.query = query;
        if (!body.is_null()) {
            request.body = body.dump();
        }
        request.town = booking::kTown;
        request.now = kNow;
        request.language = Language::en;
        request.person = people::find_person(*session_, booking::kTown, person);
        const auto found = routes_.find(request);
        if (found.route == nullptr) {
            ADD_FAILURE() << "no route for " << method << ' ' << path;
            return {};
        }
        if (const auto* read = std::get_if<ReadHandler>(&found.route->handler)) {
            return (*read)(request, *session_);
        }
        return done(std::get<StepHandler>(found.route->handler)(request));
    }
    Response post(PersonId person, const std::string& path, const json& body = json::object()) {
        return call(person, "POST", path, body);
    }

    static json saturdays() {
        return {{"room_id", 1},
                {"association_id", 1},
                {"pattern", "weekly"},
                {"weekdays", {"saturday"}},
                {"first_date", "2026-12-05"},
                {"count", 4},
                {"start_time", "18:30"},
                {"end_time", "20:30"},
                {"attendees", 12},
                {"purpose", "Répétition"}};
    }
    static json saturday(const std::string& date) {
        return {{"room_id", 1},    {"start", date + "T18:30"}, {"end", date + "T20:30"},
                {"attendees", 12}, {"purpose", "Répétition"},  {"association_id", 1}};
    }
    /// The path of a new series.
    std::string asked() {
        const auto response = post(kCamille, "/api/v1/series", saturdays());
        EXPECT_EQ(response.status, 201) << response.body;
        return "/api/v1/series/" + json::parse(response.body)["id"].dump();
    }
    static std::vector<std::string> codes_of(const json& errors) {
        std::vector<std::string> codes;
        for (const auto& error : errors) {
            codes.push_back(error["code"]);
        }
        return codes;
    }

  private:
    Response done(Step step) {
        if (auto* response = std::get_if<Response>(&step)) {
            return std::move(*response);
        }
        auto result = writer_.run(std::get<Work>(std::move(step))).value();
        return result ? *std::move(result) : std::move(result).error();
    }

    Routes routes_;
};
CRENEAU_ON_BOTH_ENGINES(SeriesRoutes);

TEST_P(SeriesRoutes, ARequestIsAnsweredWithEveryDate) {
    const auto body = json::parse(call(kCamille, "GET", asked()).body);
    EXPECT_EQ(body["pattern"], "weekly");
    EXPECT_EQ(body["weekdays"], json({"saturday"}));
    EXPECT_EQ(body["count"], 4);
    EXPECT_EQ(body["until"], nullptr);
    ASSERT_EQ(body["occurrences"].size(), 4U);
    EXPECT_EQ(body["occurrences"][3]["date"], "2026-12-26");
    EXPECT_EQ(body["occurrences"][3]["start_at"], "2026-12-26T17:30:00Z");
    const auto single = json::parse(
        call(kCamille, "GET", "/api/v1/bookings/" + body["occurrences"][0]["booking_id"].dump())
            .body);
    EXPECT_EQ(single["series_id"], body["id"]);
    EXPECT_EQ(single["series_date"], "2026-12-05");
}

TEST_P(SeriesRoutes, APreviewIsOnlyAReadAndSaysWhy) {
    ASSERT_EQ(post(kCamille, "/api/v1/bookings", saturday("2026-12-12")).status, 201);
    auto wish = saturdays();
    wish["left_out"] = {"2026-12-19"};
    wish["conflicts"] = "skip";
    const auto before = traces();
    const auto response = post(kCamille, "/api/v1/series/preview", wish);
    ASSERT_EQ(response.status, 200) << response.body;
    EXPECT_EQ(traces(), before);
    const auto body = json::parse(response.body);
    EXPECT_EQ(body["accepted"], true);
    EXPECT_EQ(body["booked"], 2);
    EXPECT_EQ(body["dates"][1]["verdict"], "refused");
    EXPECT_EQ(codes_of(body["dates"][1]["errors"]), std::vector<std::string>{"room_taken"});
    EXPECT_EQ(body["dates"][2]["verdict"], "left_out");
    wish["conflicts"] = "fail";
    const auto strict = json::parse(post(kCamille, "/api/v1/series/preview", wish).body);
    EXPECT_EQ(strict["accepted"], false);
    EXPECT_EQ(codes_of(strict["errors"]), std::vector<std::string>{"room_taken"});
}

TEST_P(SeriesRoutes, WhatThePatternDoesNotUseIsRefusedWithItsField) {
    auto wish = saturdays();
    wish["nth"] = 2;
    wish["dates"] = {"2026-12-05"};
    const auto response = post(kCamille, "/api/v1/series", wish);
    EXPECT_EQ(response.status, 422);
    const auto refused = json::parse(response.body);
    std::string fields;
    for (const auto& error : refused["errors"]) {
        fields += error["field"].get<std::string>() + ':' + error["code"].get<std::string>() + ' ';
    }
    EXPECT_EQ(fields, "/nth:not_of_pattern /dates:not_of_pattern ");
    wish.erase("nth");
    wish.erase("dates");
    wish["interval"] = 1;
    EXPECT_EQ(post(kCamille, "/api/v1/series", wish).status, 201);
}

TEST_P(SeriesRoutes, ATakenDateAloneIs409WithItsDates) {
    ASSERT_EQ(post(kCamille, "/api/v1/bookings", saturday("2026-12-12")).status, 201);
    const auto response = post(kCamille, "/api/v1/series", saturdays());
    EXPECT_EQ(response.status, 409);
    const auto body = json::parse(response.body);
    EXPECT_EQ(body["code"], "room_taken");
    ASSERT_EQ(body["dates"].size(), 1U);
    EXPECT_EQ(body["dates"][0]["date"], "2026-12-12");
    EXPECT_EQ(body["dates"][0]["errors"][0]["detail"],
              "The room is already taken at that time: choose another.");
}

TEST_P(SeriesRoutes, MembersOfTheWrongKindAreNamedAtOnce) {
    const auto before = traces();
    const auto response = post(kCamille, "/api/v1/series",
                               {{"room_id", 1},
                                {"pattern", "sometimes"},
                                {"first_date", "5 December"},
                                {"weekdays", {"samedi"}},
                                {"dates", "none"},
                                {"skip", {"rain"}},
                                {"conflicts", "fight"}});
    EXPECT_EQ(response.status, 422);
    const auto codes = codes_of(json::parse(response.body)["errors"]);
    for (const char* code : {"unknown_pattern", "not_a_date", "not_a_weekday", "not_a_list",
                             "unknown_calendar", "unknown_policy", "required"}) {
        EXPECT_NE(std::ranges::find(codes, code), codes.end()) << code;
    }
    EXPECT_EQ(traces(), before);
}

TEST_P(SeriesRoutes, AnImpossibleSeriesNamesItsField) {
    auto wish = saturdays();
    wish["until"] = "2026-12-31";
    const auto response = post(kCamille, "/api/v1/series", wish);
    EXPECT_EQ(response.status, 422);
    const auto error = json::parse(response.body)["errors"][0];
    EXPECT_EQ(error["code"], "bad_recurrence");
    EXPECT_EQ(error["field"], "/until");
    wish = saturdays();
    wish["conflicts"] = "replace";
    EXPECT_EQ(post(kCamille, "/api/v1/series", wish).status, 403);
}

TEST_P(SeriesRoutes, AListOfDatesIsASeriesToo) {
    auto wish = saturdays();
    wish["pattern"] = "dates";
    wish["dates"] = {"2026-12-07", "2026-12-24", "2026-12-25"};
    wish["skip"] = {"public_holidays"};
    wish.erase("weekdays");
    wish.erase("count");
    const auto response = post(kCamille, "/api/v1/series", wish);
    ASSERT_EQ(response.status, 201) << response.body;
    const auto body = json::parse(response.body);
    EXPECT_EQ(body["occurrences"].size(), 2U);
    EXPECT_EQ(body["missed"][0]["errors"][0]["code"], "public_holiday");
}

TEST_P(SeriesRoutes, DecisionsAreTheOfficesAndStrangersSeeNothing) {
    const auto path = asked();
    EXPECT_EQ(post(kCamille, path + "/approve").status, 403);
    EXPECT_EQ(post(kCamille, path + "/refuse", {{"ground", "public_order"}}).status, 403);
    EXPECT_EQ(post(kAlex, path + "/approve").status, 404);
    EXPECT_EQ(post(kAlex, path + "/cancel").status, 404);
    EXPECT_EQ(call(kAlex, "GET", path).status, 404);
    EXPECT_EQ(post(kOffice, path + "/approve", {{"conflicts", "replace"}}).status, 422);
    EXPECT_EQ(post(kOffice, path + "/approve").status, 200);
    EXPECT_EQ(post(kOffice, path + "/approve").status, 409);
}

TEST_P(SeriesRoutes, AnEditGoesByTheScopeOfItsQuery) {
    const auto path = asked();
    const json later{{"start_time", "19:00"}, {"end_time", "21:00"}};
    const auto response =
        call(kOffice, "PATCH", path, later, {{"scope", "following"}, {"date", "2026-12-19"}});
    ASSERT_EQ(response.status, 200) << response.body;
    const auto body = json::parse(response.body);
    EXPECT_EQ(path, "/api/v1/series/" + body["split_from_id"].dump());
    EXPECT_EQ(body["occurrences"].size(), 2U);
    EXPECT_EQ(body["occurrences"][0]["start"], "2026-12-19T19:00");
    const auto wrong = call(kOffice, "PATCH", path, later, {{"scope", "some"}});
    EXPECT_EQ(wrong.status, 422);
    EXPECT_EQ(json::parse(wrong.body)["errors"][0]["field"], "scope");
    EXPECT_EQ(call(kOffice, "PATCH", path, {{"start_time", "soon"}}).status, 422);
    EXPECT_EQ(call(kAlex, "PATCH", path, later).status, 404);
}

TEST_P(SeriesRoutes, ACancellationGoesByItsScope) {
    const auto path = asked();
    ASSERT_EQ(post(kOffice, path + "/approve").status, 200);
    EXPECT_EQ(post(kCamille, path + "/cancel", {{"scope", "following"}}).status, 422);
    EXPECT_EQ(post(kCamille, path + "/cancel", {{"scope", "none"}}).status, 422);
    const auto before = traces();
    const auto unsaid = post(kCamille, path + "/cancel", {{"date", "2026-12-19"}});
    EXPECT_EQ(unsaid.status, 422);
    EXPECT_EQ(json::parse(unsaid.body)["errors"][0]["field"], "/date");
    EXPECT_EQ(json::parse(unsaid.body)["errors"][0]["code"], "not_of_scope");
    EXPECT_EQ(traces(), before) << "a date without its scope is not the whole series";
    const auto response =
        post(kCamille, path + "/cancel", {{"scope", "following"}, {"date", "2026-12-19"}});
    ASSERT_EQ(response.status, 200) << response.body;
    const auto body = json::parse(response.body);
    EXPECT_EQ(body["ended_on"], "2026-12-19");
    EXPECT_EQ(body["occurrences"][1]["status"], "approved");
    EXPECT_EQ(body["occurrences"][2]["status"], "cancelled");
}

}  // namespace
}  // namespace creneau::http
