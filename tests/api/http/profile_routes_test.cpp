#include "api/http/profile_routes.hpp"

#include "api/http/door_option_routes.hpp"
#include "tests/api/http/called_routes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>

namespace creneau::http {
namespace {

using booking::kOffice;
using booking::PersonId;
using nlohmann::json;

constexpr PersonId kSacha{12};  // access administrator

class ProfileRoutes : public CalledRoutes {
  protected:
    ProfileRoutes() {
        add_door_option_routes(routes_);
        add_profile_routes(routes_);
        session_->execute(
            "INSERT INTO people (id, town_id, key, name, email, locale) VALUES"
            " (12, 1, 'sacha', 'Sacha', 'sacha@le-pre.example.org', 'fr');"
            "INSERT INTO person_roles (town_id, person_id, role)"
            " VALUES (1, 12, 'access_administrator')");
    }
    static std::string etag(const Response& response) {
        const auto found = std::ranges::find(response.headers, "ETag",
                                             &std::pair<std::string, std::string>::first);
        return found == response.headers.end() ? "" : found->second;
    }
    static json hours(const std::string& end = "24:00") {
        return json::array({{{"weekday", "saturday"}, {"start_time", "07:30"}, {"end_time", end}}});
    }
    static json form(const std::string& name = "Gardiens") {
        return {{"name", name},
                {"duties", {"Gardien", "Concierge"}},
                {"zone_ids", {2, 1}},
                {"hours", hours()},
                {"skip_public_holidays", true}};
    }
    int status(const std::string& method, const std::string& path, const std::string& tag,
               const json& body = nullptr) {
        return call({kSacha, method, path, body, {{"if-match", tag}}}).status;
    }
};
CRENEAU_ON_BOTH_ENGINES(ProfileRoutes);

TEST_P(ProfileRoutes, KeepAProfileAsItWasSaid) {
    const auto made = expect(201, kSacha, "POST", "/api/v1/access-profiles", form());
    EXPECT_EQ(made["duties"], (json{"Concierge", "Gardien"}));
    EXPECT_EQ(made["zone_ids"], (json{1, 2}));
    EXPECT_EQ(made["hours"], hours());
    EXPECT_EQ(made["skip_public_holidays"], true);
    EXPECT_EQ(made["skip_school_holidays"], false);
    const auto path = "/api/v1/access-profiles/" + made["id"].dump();
    EXPECT_EQ(expect(200, kOffice, "GET", path), made);
    EXPECT_EQ(expect(200, kOffice, "GET", "/api/v1/access-profiles")["items"], json::array({made}));
    const auto zones = expect(200, kSacha, "GET", "/api/v1/zones", nullptr, {{"limit", "1"}});
    EXPECT_EQ(zones["items"][0]["door_ids"], (json{1, 2}));
    EXPECT_EQ(zones["next"], "1");
}

TEST_P(ProfileRoutes, ChangeAndRemoveWhatWasRead) {
    const auto made = expect(201, kSacha, "POST", "/api/v1/access-profiles", form());
    const auto path = "/api/v1/access-profiles/" + made["id"].dump();
    const auto first = etag(call(kSacha, "GET", path));
    EXPECT_EQ(status("PUT", path, first, form("Nuit")), 200);
    EXPECT_EQ(status("PUT", path, first, form("Jour")), 412);
    EXPECT_EQ(status("DELETE", path, first), 412);
    EXPECT_EQ(expect(200, kSacha, "GET", path)["name"], "Nuit");
    EXPECT_EQ(status("DELETE", path, etag(call(kSacha, "GET", path))), 204);
    expect(404, kSacha, "GET", path);
    expect(404, kSacha, "PUT", path, form());
    expect(404, kSacha, "DELETE", path);
    expect(201, kSacha, "POST", "/api/v1/access-profiles", form());
}

TEST_P(ProfileRoutes, SetHowADoorBehaves) {
    const std::string path = "/api/v1/doors/2/options";
    const auto before = call(kSacha, "GET", path);
    EXPECT_EQ(json::parse(before.body)["passback"], "off");
    const json body{{"held_open_s", 60}, {"free_access", hours()}, {"free_after_first", true}};
    EXPECT_EQ(status("PUT", path, etag(before), body), 200);
    EXPECT_EQ(status("PUT", path, etag(before), body), 412);
    const auto after = expect(200, kOffice, "GET", path);
    EXPECT_EQ(after["free_access"], hours());
    EXPECT_EQ(after["held_open_s"], 60);
    EXPECT_EQ(after["longer_unlock_ms"], 15000);
    const auto refused =
        expect(422, kSacha, "PUT", path, {{"held_open_s", 4000}, {"free_access", hours("25:00")}});
    EXPECT_EQ(refused["errors"][1]["field"], "/free_access/0/end_time");
    expect(404, kSacha, "PUT", "/api/v1/doors/99/options", body);
    expect(200, kSacha, "PUT", path, json::object());
}

TEST_P(ProfileRoutes, NameEveryFieldThatIsWrong) {
    auto bad = form();
    bad["hours"] = hours("25:00");
    bad["zone_ids"] = {1, 9};
    const auto refused = expect(422, kSacha, "POST", "/api/v1/access-profiles", bad);
    EXPECT_EQ(codes_of(refused["errors"]),
              (std::vector<std::string>{"not_a_time", "unknown_zone"}));
    EXPECT_EQ(refused["errors"][0]["field"], "/hours/0/end_time");
    bad = form();
    bad["duties"] = {std::string(801, 'x')};
    bad["doors"] = {1};
    EXPECT_EQ(expect(422, kSacha, "POST", "/api/v1/access-profiles", bad)["errors"].size(), 2U);
    expect(201, kSacha, "POST", "/api/v1/access-profiles", form());
}

}  // namespace
}  // namespace creneau::http
