#include "api/http/booking_routes.hpp"
#include "api/http/routes.hpp"
#include "api/http/series_routes.hpp"
#include "tests/api/http/called_routes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {
namespace {

using booking::kAlex;
using booking::kCamille;
using booking::kOffice;
using nlohmann::json;

/// Four Saturdays of the choir, as its owners and the office go on with them.
class SeriesEdits : public CalledRoutes {
  protected:
    SeriesEdits() {
        add_booking_routes(routes_);
        add_series_routes(routes_);
    }

    /// The path of a new series: 5, 12, 19 and 26 December.
    std::string asked(const std::string& conflicts = "fail") {
        const auto made = expect(201, kCamille, "POST", "/api/v1/series",
                                 {{"room_id", 1},
                                  {"association_id", 1},
                                  {"pattern", "weekly"},
                                  {"weekdays", {"saturday"}},
                                  {"first_date", "2026-12-05"},
                                  {"count", 4},
                                  {"start_time", "18:30"},
                                  {"end_time", "20:30"},
                                  {"attendees", 12},
                                  {"purpose", "Répétition"},
                                  {"conflicts", conflicts}});
        return "/api/v1/series/" + made["id"].dump();
    }
    /// The path of a booking of the chess club at the time of the series.
    std::string chess_on(const std::string& date) {
        const auto made = expect(201, kAlex, "POST", "/api/v1/bookings",
                                 {{"room_id", 1},
                                  {"association_id", 2},
                                  {"start", date + "T18:30"},
                                  {"end", date + "T20:30"},
                                  {"attendees", 12},
                                  {"purpose", "Tournoi"}});
        return "/api/v1/bookings/" + made["id"].dump();
    }
    void free(const std::string& booking) {
        expect(200, kAlex, "POST", booking + "/cancel", json::object());
    }
    /// "05 12 19", of everything there is not given up.
    static std::string dates_of(const json& series) {
        std::string dates;
        for (const auto& one : series["occurrences"]) {
            if (one["status"] == "pending" || one["status"] == "approved") {
                dates += (dates.empty() ? "" : " ") + day_of(one);
            }
        }
        return dates;
    }
    /// "05:kept 12:given_up"
    static std::string effects_of(const json& preview) {
        std::string effects;
        for (const auto& one : preview["dates"]) {
            effects +=
                (effects.empty() ? "" : " ") + day_of(one) + ':' + one["effect"].get<std::string>();
        }
        return effects;
    }
    /// The same edit told beforehand and done; a preview leaves no trace.
    std::pair<json, json> previewed_and_done(const std::string& path, const json& edit,
                                             const Query& query = {}) {
        const auto before = traces();
        auto preview = expect(200, kCamille, "POST", path + "/preview", edit, query);
        EXPECT_EQ(traces(), before);
        return {std::move(preview), expect(200, kCamille, "PATCH", path, edit, query)};
    }

  private:
    static std::string day_of(const json& date) {
        return date["date"].get<std::string>().substr(8);
    }
};
CRENEAU_ON_BOTH_ENGINES(SeriesEdits);

TEST_P(SeriesEdits, ItsEditsReadTheirQueryAndNoOtherChangeDoes) {
    std::vector<std::string> reading;
    for (const Route& route : routes_.all()) {
        if (route.takes_query) {
            reading.push_back(route.method + ' ' + route.pattern);
        }
    }
    EXPECT_EQ(reading, (std::vector<std::string>{"PATCH /api/v1/series/:id",
                                                 "POST /api/v1/series/:id/preview"}));
}

TEST_P(SeriesEdits, AnotherPatternIsToldBeforehandAndDone) {
    const auto [preview, after] = previewed_and_done(
        asked(), {{"pattern", "weekly"}, {"interval", 2}, {"weekdays", {"saturday", "sunday"}}});
    EXPECT_EQ(effects_of(preview), "05:kept 06:added 12:given_up 19:kept 20:added 26:given_up");
    EXPECT_EQ(dates_of(after), "05 06 19 20");
    EXPECT_EQ(after["interval"], 2);
    EXPECT_EQ(after["weekdays"], json({"saturday", "sunday"}));
}

TEST_P(SeriesEdits, AnotherPurposeIsOfTheDatesInScope) {
    const auto path = asked();
    const auto [one, alone] = previewed_and_done(path, {{"purpose", "Gala"}},
                                                 {{"scope", "this"}, {"date", "2026-12-12"}});
    EXPECT_EQ(effects_of(one), "05:kept 12:moved 19:kept 26:kept");
    EXPECT_EQ(alone["purpose"], "Répétition");
    const auto [some, rest] = previewed_and_done(path, {{"purpose", "Concert"}},
                                                 {{"scope", "following"}, {"date", "2026-12-19"}});
    EXPECT_EQ(effects_of(some), "19:moved 26:moved");
    EXPECT_EQ(rest["purpose"], "Concert");
    EXPECT_EQ(expect(200, kCamille, "GET", path)["purpose"], "Répétition");
    EXPECT_EQ(text("SELECT purpose FROM bookings WHERE series_date = '2026-12-12'"), "Gala");
}

TEST_P(SeriesEdits, AnotherBoundShortensOrGoesOn) {
    const auto [shorter, two] = previewed_and_done(asked(), {{"count", 2}});
    EXPECT_EQ(effects_of(shorter), "05:kept 12:kept 19:given_up 26:given_up");
    EXPECT_EQ(dates_of(two), "05 12");
    const auto path = "/api/v1/series/" + two["id"].dump();
    const auto [longer, more] = previewed_and_done(
        path, {{"until", "2026-12-19"}}, {{"scope", "following"}, {"date", "2026-12-12"}});
    EXPECT_EQ(effects_of(longer), "12:kept 19:added");
    EXPECT_EQ(more["until"], "2026-12-19");
    EXPECT_EQ(more["count"], nullptr);
    EXPECT_EQ(expect(200, kCamille, "GET", path)["ended_on"], "2026-12-12");
}

TEST_P(SeriesEdits, ADateThatCannotBeHadIsNamedByPreviewAndEditAlike) {
    const auto strict = asked();
    chess_on("2026-12-06");
    const json daily{{"pattern", "daily"}};
    const auto before = traces();
    for (const char* method : {"POST", "PATCH"}) {
        const auto path = strict + (method == std::string("POST") ? "/preview" : "");
        const auto body = expect(409, kCamille, method, path, daily);
        ASSERT_EQ(body["dates"].size(), 1U);
        EXPECT_EQ(body["dates"][0]["date"], "2026-12-06");
        EXPECT_EQ(codes_of(body["dates"][0]["errors"]), std::vector<std::string>{"room_taken"});
    }
    EXPECT_EQ(traces(), before);
    expect(200, kCamille, "POST", strict + "/cancel", json::object());
    const auto [preview, after] = previewed_and_done(asked("skip"), daily);
    EXPECT_EQ(effects_of(preview),
              "05:kept 06:missed 07:added 08:added 12:given_up 19:given_up 26:given_up");
    EXPECT_EQ(preview["dates"][1]["errors"][0]["code"], "room_taken");
    EXPECT_EQ(after["missed"][0]["date"], "2026-12-06");
}

TEST_P(SeriesEdits, ARuleThatCannotBeIsRefused) {
    const auto path = asked();
    const auto before = traces();
    const auto refusal = [&](const json& edit, const Query& query = {}) {
        return expect(422, kCamille, "PATCH", path, edit, query)["errors"][0];
    };
    EXPECT_EQ(refusal({{"count", 401}})["code"], "bad_recurrence");
    EXPECT_EQ(refusal({{"until", "2026-12-04"}})["code"], "bad_recurrence");
    EXPECT_EQ(refusal({{"pattern", "dates"}, {"dates", {"2026-11-02"}}})["code"], "bad_recurrence");
    EXPECT_EQ(refusal({{"pattern", "sometimes"}})["code"], "unknown_pattern");
    EXPECT_EQ(refusal({{"count", 2}}, {{"scope", "this"}, {"date", "2026-12-12"}})["field"],
              "/scope");
    EXPECT_EQ(refusal({{"purpose", std::string(501, 'x')}})["field"], "/purpose");
    EXPECT_EQ(traces(), before);
}

TEST_P(SeriesEdits, MissedDatesAreAskedForAgain) {
    const auto twelfth = chess_on("2026-12-12");
    const auto nineteenth = chess_on("2026-12-19");
    const auto path = asked("skip");
    const auto none = expect(409, kCamille, "POST", path + "/retry", json::object());
    EXPECT_EQ(none["dates"].size(), 2U);
    free(twelfth);
    free(nineteenth);
    EXPECT_EQ(expect(422, kCamille, "POST", path + "/retry",
                     {{"dates", {"2026-12-05"}}})["errors"][0]["code"],
              "bad_scope");
    const auto one = expect(200, kCamille, "POST", path + "/retry", {{"dates", {"2026-12-19"}}});
    EXPECT_EQ(dates_of(one), "05 19 26");
    EXPECT_EQ(one["missed"].size(), 1U);
    const auto all = expect(200, kOffice, "POST", path + "/retry", json::object());
    EXPECT_EQ(dates_of(all), "05 12 19 26");
    EXPECT_EQ(all["missed"], json::array());
    expect(409, kCamille, "POST", path + "/retry", json::object());
}

TEST_P(SeriesEdits, AreNotForStrangers) {
    const auto twelfth = chess_on("2026-12-12");
    const auto path = asked("skip");
    free(twelfth);
    const auto before = traces();
    expect(404, kAlex, "POST", path + "/retry", json::object());
    for (const json& edit : {json{{"purpose", "Tournoi"}}, json{{"count", 2}}}) {
        expect(404, kAlex, "PATCH", path, edit);
        expect(404, kAlex, "POST", path + "/preview", edit);
    }
    EXPECT_EQ(traces(), before);
}

TEST_P(SeriesEdits, OfAStaleSeriesAreRefused) {
    const auto twelfth = chess_on("2026-12-12");
    const auto path = asked("skip");
    const auto seen = call(kCamille, "GET", path);
    const auto tag =
        std::ranges::find(seen.headers, "ETag", &std::pair<std::string, std::string>::first);
    ASSERT_NE(tag, seen.headers.end());
    expect(200, kOffice, "POST", path + "/approve", json::object());
    free(twelfth);
    const auto before = traces();
    const auto status = [&](const std::string& method, const std::string& at, const json& body) {
        return call(Call{kCamille, method, at, body, {{"if-match", tag->second}}, {}}).status;
    };
    EXPECT_EQ(status("PATCH", path, {{"purpose", "Concert"}}), 412);
    EXPECT_EQ(status("PATCH", path, {{"count", 2}}), 412);
    EXPECT_EQ(status("POST", path + "/preview", {{"count", 2}}), 412);
    EXPECT_EQ(status("POST", path + "/retry", json::object()), 412);
    EXPECT_EQ(traces(), before);
}

}  // namespace
}  // namespace creneau::http
