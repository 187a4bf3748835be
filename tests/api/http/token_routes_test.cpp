#include "tests/api/http/live_server.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace creneau::http {
namespace {

using nlohmann::json;

/// Programs that act for Amélie.
class TokensOverHttp : public testing::TestWithParam<store::Engine> {
  protected:
    TokensOverHttp() {
        const auto answer = server.call(
            "POST", "/api/v1/sessions", "",
            json{{"email", LiveServer::kEmail}, {"password", LiveServer::kPassword}}.dump());
        const auto set = answer->header("set-cookie");
        cookie = "Cookie: " + set.substr(0, set.find(';')) + "\r\n";
    }
    json made(const std::vector<std::string>& scopes) {
        const auto answer = server.call(
            "POST", "/api/v1/me/tokens", cookie,
            json{{"name", "Hall"}, {"scopes", scopes}, {"expires_at", "2026-12-31T00:00:00Z"}}
                .dump());
        EXPECT_EQ(answer->status, 201) << answer->body;
        return json::parse(answer->body);
    }
    static std::string bearing(const json& token) {
        return "Authorization: Bearer " + token["token"].get<std::string>() + "\r\n";
    }
    int status(const std::string& headers, const std::string& path = "/api/v1/bookings",
               const std::string& method = "GET") {
        return server.call(method, path, headers, method == "POST" ? "{}" : "")->status;
    }
    std::string email_at(const std::string& path, const std::string& headers) {
        return json::parse(server.call("GET", path, headers)->body)["email"];
    }

    LiveServer server{GetParam()};
    std::string cookie;
};
CRENEAU_ON_BOTH_ENGINES(TokensOverHttp);

TEST_P(TokensOverHttp, DoWhatTheirScopesNameForTheirOwner) {
    const auto reads = bearing(made({"bookings:read"}));
    EXPECT_EQ(email_at("/api/v1/bookings", reads), LiveServer::kEmail);
    EXPECT_EQ(status(reads, "/api/v1/bookings", "POST"), 403);
    const auto writes = bearing(made({"bookings:write"}));
    EXPECT_EQ(status(writes), 403);
    EXPECT_EQ(status(writes, "/api/v1/bookings", "POST"), 200);
    const auto missing = server.call("GET", "/api/v1/bookings", writes);
    EXPECT_EQ(json::parse(missing->body)["code"], "scope_missing");
    EXPECT_EQ(missing->header("www-authenticate"), "Bearer error=\"insufficient_scope\"");
}

TEST_P(TokensOverHttp, LeaveALineInTheSecurityLogWhereTheyAreRefused) {
    const auto reads = bearing(made({"bookings:read"}));
    EXPECT_EQ(server.lines_of_security("action = 'forbidden'"), 0);
    EXPECT_EQ(status(reads, "/api/v1/bookings", "POST"), 403);
    EXPECT_EQ(server.lines_of_security("action = 'forbidden' AND ground = 'post.bookings'", 1), 1);
    const auto writes = bearing(made({"bookings:write"}));
    EXPECT_EQ(status(writes), 403);
    EXPECT_EQ(server.lines_of_security("action = 'forbidden' AND ground = 'get.bookings'", 1), 1);
    EXPECT_EQ(status(reads), 200);
    EXPECT_EQ(server.lines_of_security("action = 'forbidden'", 2), 2);
}

TEST_P(TokensOverHttp, AndPeopleLeaveOneWhereTheyTryNumbers) {
    for (const auto* const number : {"998", "999"}) {
        EXPECT_EQ(status(cookie, std::string("/api/v1/me/sessions/") + number, "DELETE"), 404);
    }
    EXPECT_EQ(server.lines_of_security("action = 'not_found' AND ground ="
                                       " 'delete.me.sessions.:id'",
                                       1),
              1)
        << "once a minute";
    EXPECT_EQ(status("", "/api/v1/me/sessions/999", "DELETE"), 401);
    EXPECT_EQ(server.lines_of_security("action = 'not_found'", 1), 1);
}

TEST_P(TokensOverHttp, AreNobodyWhereTheyHaveNoScopeAndAnybodyMayRead) {
    EXPECT_EQ(email_at("/api/v1/schedule", bearing(made({"bookings:read"}))), "");
    EXPECT_EQ(email_at("/api/v1/schedule", bearing(made({"schedule:read"}))), LiveServer::kEmail);
}

TEST_P(TokensOverHttp, ThatAreNoGoodAreRefusedEvenWhereAnybodyMayRead) {
    const auto good = made({"schedule:read"});
    for (const std::string header :
         {"Authorization: Bearer \r\n", "Authorization: Bearer nonsense\r\n",
          "Authorization: Basic YTpi\r\n", "Authorization: \r\n"}) {
        const auto answer = server.call("GET", "/api/v1/schedule", header + cookie);
        EXPECT_EQ(answer->status, 401) << header;
        EXPECT_EQ(answer->header("www-authenticate"), "Bearer error=\"invalid_token\"") << header;
    }
    EXPECT_EQ(status(bearing(good), "/api/v1/schedule"), 200);
    server.advance(std::chrono::days(365));
    EXPECT_EQ(status(bearing(good), "/api/v1/schedule"), 401);
}

TEST_P(TokensOverHttp, NeverReachWhatAccountsAreMadeOf) {
    const auto all = bearing(made({"bookings:read", "bookings:write", "schedule:read"}));
    EXPECT_EQ(status(all, "/api/v1/me"), 403);
    EXPECT_EQ(status(all, "/api/v1/me/tokens"), 403);
    EXPECT_EQ(status(all, "/api/v1/me/tokens", "POST"), 403);
    EXPECT_EQ(status(all, "/api/v1/sessions/current", "DELETE"), 403);
    EXPECT_EQ(status(cookie, "/api/v1/me"), 200) << "the session is still there";
}

TEST_P(TokensOverHttp, NeedNoOriginAndEndAtOnce) {
    const auto token = made({"bookings:write"});
    const auto foreign = bearing(token) + "Sec-Fetch-Site: cross-site\r\n";
    EXPECT_EQ(status(foreign, "/api/v1/bookings", "POST"), 200);
    EXPECT_EQ(status(cookie + "Sec-Fetch-Site: cross-site\r\n", "/api/v1/bookings", "POST"), 403);
    EXPECT_EQ(status(cookie, "/api/v1/me/tokens/" + token["id"].dump(), "DELETE"), 204);
    EXPECT_EQ(status(bearing(token), "/api/v1/bookings", "POST"), 401);
}

TEST_P(TokensOverHttp, AreShownOnceAndListedWithout) {
    const auto token = made({"schedule:read"});
    const auto list = server.call("GET", "/api/v1/me/tokens", cookie);
    const auto items = json::parse(list->body)["items"];
    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(items[0]["id"], token["id"]);
    EXPECT_EQ(list->body.find(token["token"].get<std::string>()), std::string::npos);
}

}  // namespace
}  // namespace creneau::http
