#include "api/http/booking_routes.hpp"
#include "api/http/estate_routes.hpp"
#include "api/http/pass_routes.hpp"
#include "api/http/routes.hpp"
#include "api/people/people_store.hpp"
#include "api/signer/signer_client.hpp"
#include "tests/api/booking/town_fixture.hpp"

#include <gtest/gtest.h>

#include <string>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {
namespace {

using booking::kAlex;
using booking::kCamille;
using booking::kDominique;
using booking::kMaud;
using booking::kNow;
using booking::kOffice;
using booking::PersonId;
using nlohmann::json;

/// The routes without the server around them: table, handler, transaction.
class TownRoutes : public testing::TestWithParam<store::Engine>, protected booking::FilledTown {
  protected:
    TownRoutes() : FilledTown(GetParam()) {
        add_estate_routes(routes_);
        add_booking_routes(routes_);
        add_pass_routes(routes_, signer_);
    }

    struct Call {
        std::string method;
        std::string path;
        json body = nullptr;
        std::vector<std::pair<std::string, std::string>> headers = {};
    };

    Response call(std::optional<PersonId> person, const Call& call) {
        Request request;
        request.method = call.method;
        const auto mark = call.path.find('?');
        request.path = call.path.substr(0, mark);
        if (mark != std::string::npos) {
            add_query(request, call.path.substr(mark + 1));
        }
        request.headers = call.headers;
        if (!call.body.is_null()) {
            request.body = call.body.dump();
            request.headers.emplace_back("content-type", "application/json");
        }
        request.town = booking::kTown;
        request.now = kNow;
        if (person) {
            request.person = people::find_person(*session_, booking::kTown, *person);
        }
        return answer(request);
    }
    Response get(std::optional<PersonId> person, const std::string& path) {
        return call(person, {"GET", path});
    }
    Response post(PersonId person, const std::string& path, json body = json::object()) {
        return call(person, {"POST", path, std::move(body)});
    }

    static json wish_body() {
        return {{"room_id", 1},    {"start", "2026-12-05T18:30"}, {"end", "2026-12-05T20:30"},
                {"attendees", 12}, {"purpose", "Répétition"},     {"association_id", 1}};
    }
    /// The path of a new booking.
    std::string booked(json body = wish_body()) {
        const auto response = post(kCamille, "/api/v1/bookings", std::move(body));
        EXPECT_EQ(response.status, 201) << response.body;
        return "/api/v1/bookings/" + json::parse(response.body)["id"].dump();
    }
    static std::string header(const Response& response, const std::string& name) {
        for (const auto& [key, value] : response.headers) {
            if (key == name) {
                return value;
            }
        }
        return "";
    }
    static std::vector<std::string> codes_of(const Response& response) {
        std::vector<std::string> codes;
        for (const auto& error : json::parse(response.body).value("errors", json::array())) {
            codes.push_back(error["code"]);
        }
        return codes;
    }

    Routes routes_;

  private:
    static void add_query(Request& request, const std::string& query) {
        std::size_t at = 0;
        while (at < query.size()) {
            const auto end = std::min(query.find('&', at), query.size());
            const auto equals = query.find('=', at);
            request.query.emplace_back(query.substr(at, equals - at),
                                       query.substr(equals + 1, end - equals - 1));
            at = end + 1;
        }
    }

    Response answer(Request& request) {
        const auto found = routes_.find(request);
        if (found.route == nullptr) {
            ADD_FAILURE() << "no route for " << request.method << ' ' << request.path;
            return {};
        }
        if (const auto* plain = std::get_if<PlainHandler>(&found.route->handler)) {
            return (*plain)(request);
        }
        if (const auto* read = std::get_if<ReadHandler>(&found.route->handler)) {
            return (*read)(request, *session_);
        }
        if (const auto* slow = std::get_if<SlowHandler>(&found.route->handler)) {
            return done((*slow)(request, readers_));
        }
        return done(std::get<StepHandler>(found.route->handler)(request));
    }
    Response done(Step step) {
        if (auto* response = std::get_if<Response>(&step)) {
            return std::move(*response);
        }
        auto result = writer_.run(std::get<Work>(std::move(step))).value();
        return result ? *std::move(result) : std::move(result).error();
    }

    signer::Client signer_{"/nonexistent/creneau-signer"};
    store::Readers readers_{database_.database(), 1};
};

TEST_P(TownRoutes, OpenToAllAreOnlyTheEstateTheScheduleGroundsAndKinds) {
    std::vector<std::string> open;
    for (const Route& route : routes_.all()) {
        if (route.access == Access::anyone) {
            open.push_back(route.segments.back());
            EXPECT_EQ(route.method, "GET");
        }
    }
    std::ranges::sort(open);
    EXPECT_EQ(open, (std::vector<std::string>{":id", "availability", "booking-kinds", "grounds",
                                              "rooms", "schedule", "sites", "spaces"}));
}

TEST_P(TownRoutes, ARequestIsAnsweredWithBothTimes) {
    const auto response = post(kCamille, "/api/v1/bookings", wish_body());
    ASSERT_EQ(response.status, 201) << response.body;
    const auto body = json::parse(response.body);
    EXPECT_EQ(body["status"], "pending");
    EXPECT_EQ(body["start"], "2026-12-05T18:30");
    EXPECT_EQ(body["start_at"], "2026-12-05T17:30:00Z");
    EXPECT_EQ(body["association_name"], "Chorale du Pré");
    EXPECT_EQ(header(response, "Location"), "/api/v1/bookings/" + body["id"].dump());
    EXPECT_EQ(header(response, "ETag"), "\"0\"");
}

TEST_P(TownRoutes, AnOverlapAloneIs409WithAlternatives) {
    booked();
    const auto response = post(kCamille, "/api/v1/bookings", wish_body());
    EXPECT_EQ(response.status, 409);
    const auto body = json::parse(response.body);
    EXPECT_EQ(body["code"], "room_taken");
    EXPECT_EQ(body["alternatives"].size(), 5U);
    EXPECT_EQ(body["alternatives"][0]["start"], "2026-12-05T20:30");
}

TEST_P(TownRoutes, EveryFailingRuleIsNamedWithItsField) {
    booked();
    auto wish = wish_body();
    wish["attendees"] = 1000;
    wish.erase("purpose");
    const auto response = post(kCamille, "/api/v1/bookings", wish);
    EXPECT_EQ(response.status, 422);
    EXPECT_EQ(codes_of(response),
              (std::vector<std::string>{"over_capacity", "purpose_missing", "room_taken"}));
    EXPECT_EQ(json::parse(response.body)["errors"][0]["field"], "/attendees");
}

TEST_P(TownRoutes, MembersOfTheWrongKindAreNamedBeforeAnythingIsWritten) {
    const auto response =
        post(kCamille, "/api/v1/bookings", {{"room_id", "one"}, {"start", 3}, {"layout", "rows"}});
    EXPECT_EQ(response.status, 422);
    EXPECT_GE(codes_of(response).size(), 4U) << response.body;
    EXPECT_EQ(number("SELECT COUNT(*) FROM bookings"), 0);
}

TEST_P(TownRoutes, SomebodyElsesAssociationIs403) {
    auto wish = wish_body();
    wish["association_id"] = 2;
    const auto response = post(kCamille, "/api/v1/bookings", wish);
    EXPECT_EQ(response.status, 403);
    EXPECT_EQ(codes_of(response), std::vector<std::string>{"not_a_manager"});
}

TEST_P(TownRoutes, DecisionsAreTheOfficesAndStrangersSeeNothing) {
    const auto path = booked();
    for (const char* verb : {"/approve", "/refuse"}) {
        const json body =
            verb == std::string("/refuse") ? json{{"ground", "public_order"}} : json::object();
        EXPECT_EQ(post(kCamille, path + verb, body).status, 403);
        EXPECT_EQ(post(kDominique, path + verb, body).status, 404);
    }
    const json slot{{"start", "2026-12-06T10:00"}, {"end", "2026-12-06T11:00"}};
    EXPECT_EQ(post(kAlex, path + "/cancel").status, 404);
    EXPECT_EQ(post(kAlex, path + "/move", slot).status, 404);
    EXPECT_EQ(get(kAlex, path).status, 404);
    EXPECT_EQ(get(kAlex, path + "/passes").status, 404);
    EXPECT_EQ(get(kMaud, path).status, 200);
    EXPECT_EQ(post(kOffice, path + "/approve").status, 200);
}

TEST_P(TownRoutes, ALifeFromRequestToCancellation) {
    const auto path = booked();
    auto response = post(kOffice, path + "/approve");
    ASSERT_EQ(response.status, 200) << response.body;
    EXPECT_EQ(json::parse(response.body)["status"], "approved");
    EXPECT_EQ(header(response, "ETag"), "\"1\"");
    EXPECT_EQ(post(kOffice, path + "/approve").status, 409);
    response =
        post(kOffice, path + "/move", {{"start", "2026-12-06T10:00"}, {"end", "2026-12-06T11:00"}});
    ASSERT_EQ(response.status, 200) << response.body;
    EXPECT_EQ(json::parse(response.body)["start_at"], "2026-12-06T09:00:00Z");
    response = post(kCamille, path + "/cancel");
    ASSERT_EQ(response.status, 200) << response.body;
    EXPECT_EQ(json::parse(response.body)["ground"], "booker_request");
}

TEST_P(TownRoutes, ARefusalTakesItsGroundFromTheList) {
    const auto path = booked();
    EXPECT_EQ(codes_of(post(kOffice, path + "/refuse", {{"ground", "because"}})),
              std::vector<std::string>{"unknown_ground"});
    EXPECT_EQ(post(kOffice, path + "/refuse").status, 422);
    const auto code = json::parse(get(kOffice, "/api/v1/grounds").body)["items"][0]["code"];
    const auto response = post(kOffice, path + "/refuse", {{"ground", code}, {"text", "Travaux"}});
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(json::parse(response.body)["ground_text"], "Travaux");
}

TEST_P(TownRoutes, AStaleIfMatchIs412AndChangesNothing) {
    const auto path = booked();
    const auto before = traces();
    const auto change = [&](const std::string& tag) {
        return call(kOffice, {"POST", path + "/approve", json::object(), {{"if-match", tag}}});
    };
    EXPECT_EQ(change("\"7\"").status, 412);
    EXPECT_EQ(traces(), before);
    EXPECT_EQ(change("\"0\"").status, 200);
    EXPECT_EQ(change("\"0\"").status, 412);
    const auto seen = call(kOffice, {"GET", path, nullptr, {{"if-none-match", "\"1\""}}});
    EXPECT_EQ(seen.status, 304);
}

TEST_P(TownRoutes, ListsGoPageByPage) {
    booked();
    auto second = wish_body();
    second["start"] = "2026-12-05T20:30";
    second["end"] = "2026-12-05T21:30";
    booked(second);
    const auto page = json::parse(get(kCamille, "/api/v1/bookings?limit=1").body);
    ASSERT_EQ(page["items"].size(), 1U);
    const auto next = page["next"].get<std::string>();
    const auto rest = json::parse(get(kCamille, "/api/v1/bookings?limit=1&cursor=" + next).body);
    EXPECT_EQ(rest["items"][0]["start"], "2026-12-05T18:30");
    EXPECT_EQ(json::parse(get(kOffice, "/api/v1/bookings?status=pending").body)["items"].size(),
              2U);
    EXPECT_TRUE(json::parse(get(kAlex, "/api/v1/bookings").body)["items"].empty());
    EXPECT_EQ(get(kOffice, "/api/v1/bookings?status=maybe&limit=0").status, 422);
}

TEST_P(TownRoutes, TheScheduleSaysBusyToThoseWhoMayNotSee) {
    booked();
    const std::string path =
        "/api/v1/schedule?room=1&from=2026-12-05T00:00:00Z&to=2026-12-06T00:00:00Z";
    const auto entry = [&](std::optional<PersonId> reader) {
        const auto response = get(reader, path);
        EXPECT_EQ(response.status, 200) << response.body;
        return json::parse(response.body)["items"][0]["entries"][0];
    };
    for (const auto& reader : {std::optional<PersonId>{}, std::optional{kDominique}}) {
        EXPECT_EQ(entry(reader), (json{{"kind", "busy"},
                                       {"start", "2026-12-05T18:30"},
                                       {"end", "2026-12-05T20:30"},
                                       {"start_at", "2026-12-05T17:30:00Z"},
                                       {"end_at", "2026-12-05T19:30:00Z"}}));
    }
    for (const PersonId reader : {kCamille, kMaud, kOffice}) {
        EXPECT_EQ(entry(reader)["purpose"], "Répétition");
    }
    EXPECT_EQ(get({}, "/api/v1/schedule?from=2026-12-05T00:00:00Z&to=2027-12-05T00:00:00Z").status,
              422);
    EXPECT_EQ(get({}, "/api/v1/schedule?from=x&to=2027-12-05T00:00:00Z").status, 422);
}

TEST_P(TownRoutes, AvailabilityIsBusyAndFree) {
    booked();
    const auto response = get({},
                              "/api/v1/rooms/1/availability?from=2026-12-05T17:00:00Z"
                              "&to=2026-12-05T20:00:00Z");
    const auto body = json::parse(response.body);
    EXPECT_EQ(body["busy"].size(), 1U);
    ASSERT_EQ(body["free"].size(), 2U);
    EXPECT_EQ(body["free"][1]["start"], "2026-12-05T20:30");
    EXPECT_EQ(get({},
                  "/api/v1/rooms/77/availability?from=2026-12-05T17:00:00Z"
                  "&to=2026-12-05T20:00:00Z")
                  .status,
              404);
}

TEST_P(TownRoutes, TheEstateIsTheTownsOwn) {
    EXPECT_EQ(json::parse(get({}, "/api/v1/sites").body)["items"].size(), 2U);
    EXPECT_EQ(json::parse(get({}, "/api/v1/rooms").body)["items"].size(), 5U);
    EXPECT_EQ(json::parse(get({}, "/api/v1/rooms?site=1").body)["items"].size(), 1U);
    EXPECT_EQ(json::parse(get({}, "/api/v1/rooms/1").body)["name"], "LCR Danton");
    EXPECT_EQ(get({}, "/api/v1/rooms/9").status, 404) << "another town's";
}

TEST_P(TownRoutes, ARoomShowsItsRulesAndARefusalNamesThem) {
    session_->execute(
        "INSERT INTO room_rules (town_id, room_id, grid_min, setup_min, release_min) VALUES"
        " (1, 1, 15, 30, 45);"
        "INSERT INTO opening_hours (town_id, room_id, weekday, from_min, until_min)"
        " VALUES (1, 1, 6, 480, 1500);"
        "INSERT INTO room_layouts (town_id, room_id, key, name, capacity)"
        " VALUES (1, 1, 'dinner', 'Banquet', 20)");
    const auto rules = json::parse(get({}, "/api/v1/rooms/1").body)["rules"];
    EXPECT_EQ(rules["opening_hours"],
              json::parse(R"([{"day": "saturday", "from": "08:00", "until": "01:00"}])"));
    EXPECT_EQ(rules["grid_min"], 15);
    EXPECT_EQ(rules["buffers"]["setup_min"], 30);
    EXPECT_EQ(rules["release_after_min"], 45);
    EXPECT_EQ(rules["layouts"][0]["capacity"], 20);
    auto wish = wish_body();
    wish["start"] = "2026-12-05T07:59";
    wish["layout"] = "dinner";
    EXPECT_EQ(codes_of(post(kCamille, "/api/v1/bookings", wish)),
              (std::vector<std::string>{"outside_opening_hours", "off_grid"}));
    wish["start"] = "2026-12-05T18:30";
    const auto dinner = json::parse(post(kCamille, "/api/v1/bookings", wish).body);
    EXPECT_EQ(dinner["layout"], "dinner");
    const auto without = post(kCamille, "/api/v1/bookings/" + dinner["id"].dump() + "/move",
                              {{"start", wish["start"]}, {"end", wish["end"]}, {"layout", ""}});
    EXPECT_EQ(json::parse(without.body)["layout"], "") << without.body;
    wish["start"] = "2026-12-05T20:30";
    wish["end"] = "2026-12-05T21:30";
    EXPECT_EQ(codes_of(post(kCamille, "/api/v1/bookings", wish)),
              std::vector<std::string>{"buffer_taken"});
    wish["booker_id"] = 2;
    wish["override_reason"] = "Mêmes chaises";
    EXPECT_EQ(post(kOffice, "/api/v1/bookings", wish).status, 201);
}

TEST_P(TownRoutes, PassesShowNoCodeAndTheirPictureIsTheOwners) {
    const auto path = booked();
    ASSERT_EQ(post(kOffice, path + "/approve").status, 200);
    const auto listed = get(kOffice, path + "/passes");
    const auto pass = json::parse(listed.body)["items"][0];
    EXPECT_EQ(pass["number"], 1);
    EXPECT_EQ(pass["state"], "living");
    EXPECT_EQ(pass["window_start_at"], "2026-12-05T17:20:00Z");
    EXPECT_EQ(listed.body.find(std::to_string(number("SELECT pass_id FROM credentials"))),
              std::string::npos);
    const auto picture = "/api/v1/passes/" + pass["id"].dump() + ".png";
    EXPECT_EQ(get(kDominique, picture).status, 404);
    EXPECT_EQ(get(kOffice, picture).status, 403);
    EXPECT_EQ(get(kCamille, picture).status, 503) << "no signer listens";
    EXPECT_EQ(get(kCamille, "/api/v1/passes/4711.png").status, 404);
}

TEST_P(TownRoutes, APassIsRevokedOnceAndReissued) {
    const auto path = booked();
    ASSERT_EQ(post(kOffice, path + "/approve").status, 200);
    const auto pass = "/api/v1/passes/" +
                      json::parse(get(kCamille, path + "/passes").body)["items"][0]["id"].dump();
    EXPECT_EQ(post(kCamille, pass + "/revoke", {{"reason", "misuse"}}).status, 403);
    EXPECT_EQ(post(kCamille, pass + "/revoke", {{"reason", "boredom"}}).status, 422);
    EXPECT_EQ(post(kAlex, pass + "/revoke").status, 404);
    const auto revoked = post(kCamille, pass + "/revoke");
    EXPECT_EQ(json::parse(revoked.body)["revoked_why"], "lost");
    EXPECT_EQ(post(kCamille, pass + "/revoke").status, 409);
    const auto reissued = json::parse(post(kCamille, pass + "/reissue").body);
    EXPECT_EQ(reissued["state"], "living");
    EXPECT_EQ(reissued["revision"], 1);
}

CRENEAU_ON_BOTH_ENGINES(TownRoutes);

}  // namespace
}  // namespace creneau::http
